package io.drawdown.bench.sessions;

import io.drawdown.bench.core.Accounts;
import io.drawdown.bench.load.Bulk;
import io.drawdown.bench.load.Latencies;
import io.drawdown.bench.report.Figure.Wanted;
import io.drawdown.bench.report.Report;
import io.drawdown.bench.stack.BenchStack;
import io.drawdown.bench.stack.HttpApi;
import io.drawdown.contracts.Service;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The only instance of session-service is killed and started again; then it ends the sessions of its former process. */
final class Takeover {

    private static final Duration AGAIN = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int AT_ONCE = 16;

    private final BenchStack stack;
    private final Report report;
    private final LiveClients clients;
    private final int sessions;

    Takeover(BenchStack stack, Report report, LiveClients clients, int sessions) {
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
        LiveClient.Arrival[] begun = new LiveClient.Arrival[sessions];
        Bulk.run(sessions, AT_ONCE, number -> clients.start(accounts.id(number))
                .begun()
                .thenAccept(arrival -> begun[number] = arrival));
        long killed = System.nanoTime();
        stack.kill(Service.SESSION_SERVICE);
        stack.startAgain(Service.SESSION_SERVICE);
        Duration ready = Duration.ofNanos(System.nanoTime() - killed);
        Latencies latencies = new Latencies();
        List<CompletableFuture<Void>> goOn = IntStream.range(0, sessions)
                .mapToObj(number -> goOn(accounts.id(number), begun[number], killed + PATIENCE.toNanos())
                        .thenAccept(nanos -> latencies.addNanos(nanos - killed)))
                .toList();
        goOn.forEach(one -> one.exceptionally(fault -> null).join());
        long failed = goOn.stream()
                .filter(CompletableFuture::isCompletedExceptionally)
                .count();
        report.add("from the kill until the new process is ready", (double) ready.toMillis(), "ms", Wanted.LESS);
        report.latency("from the kill until a session was ended and its client knew", latencies.percentiles());
        report.add("the last one", latencies.percentiles().maxMicros() / 1_000.0, "ms", Wanted.LESS);
        if (failed > 0) {
            report.add("sessions of which the client learnt nothing", (double) failed, "sessions", Wanted.LESS);
        }
    }

    /** Tries until the session goes on over a new socket, or was ended, which releases its hold; completes with the moment. */
    private CompletableFuture<Long> goOn(String account, LiveClient.Arrival earlier, long givenUp) {
        return clients.resume(account, earlier)
                .known()
                .thenApply(LiveClient.Arrival::nanos)
                .exceptionallyCompose(notYet -> System.nanoTime() > givenUp
                        ? CompletableFuture.failedFuture(notYet)
                        : later().thenCompose(now -> goOn(account, earlier, givenUp)));
    }

    private static CompletableFuture<Boolean> later() {
        return new CompletableFuture<Boolean>().completeOnTimeout(true, AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }
}
