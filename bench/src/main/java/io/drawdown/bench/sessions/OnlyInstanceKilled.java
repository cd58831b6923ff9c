package io.drawdown.bench.sessions;

import io.drawdown.bench.core.Accounts;
import io.drawdown.bench.report.Figure.Wanted;
import io.drawdown.bench.report.Report;
import io.drawdown.bench.stack.BenchStack;
import io.drawdown.bench.stack.HttpApi;
import io.drawdown.contracts.Service;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The only instance of session-service is killed and started again. Its sessions go on: their clients try to come back all
 * the time, and are served again by the new process.
 */
final class OnlyInstanceKilled {

    private static final Duration STARTS_AT_MOST = Duration.ofMinutes(2);

    private final BenchStack stack;
    private final Report report;
    private final LiveClients clients;
    private final int sessions;

    OnlyInstanceKilled(BenchStack stack, Report report, LiveClients clients, int sessions) {
        this.stack = stack;
        this.report = report;
        this.clients = clients;
        this.sessions = sessions;
    }

    static Duration lasts() {
        return Duration.ofSeconds(20);
    }

    void run(HttpApi gateway, String prefix) {
        report.begin(sessions + " sessions whose only instance is killed (-9) and started again");
        Accounts accounts = new Accounts(prefix, sessions).open(gateway);
        List<ReturningClient> live = clients.startAll(accounts, STARTS_AT_MOST).stream()
                .map(begun -> new ReturningClient(clients, begun))
                .toList();
        report.add("sessions that did not start", (double) sessions - live.size(), "sessions", Wanted.LESS);
        int port = stack.liveSessions().getPort();
        long killed = System.nanoTime();
        long givenUp = killed + Returns.PATIENCE.multipliedBy(3).toNanos();
        List<CompletableFuture<Long>> served =
                live.stream().map(client -> client.servedAgain(port, givenUp)).toList();
        stack.kill(Service.SESSION_SERVICE);
        stack.startAgain(Service.SESSION_SERVICE);
        Duration ready = Duration.ofNanos(System.nanoTime() - killed);
        report.add("from the kill until the new process is ready", (double) ready.toMillis(), "ms", Wanted.LESS);
        Returns returns = new Returns();
        boolean unused = returns.await(served, killed, Returns.PATIENCE);
        returns.report(report);
        live.forEach(ReturningClient::end);
    }
}
