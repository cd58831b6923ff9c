package io.drawdown.bench.sessions;

import io.drawdown.bench.core.Accounts;
import io.drawdown.bench.report.Figure.Wanted;
import io.drawdown.bench.report.Report;
import io.drawdown.bench.stack.BenchStack;
import io.drawdown.bench.stack.HttpApi;
import io.drawdown.bench.stack.InstancePair;
import io.drawdown.contracts.Service;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Two instances of session-service are behind a proxy, and the one that owns the live sessions is killed, again and again.
 * Their clients come back by their resume tokens, and the proxy gives them to the other one, which takes the sessions over.
 * The killed one is started again then, and the next kill takes the other.
 */
final class OwnersKilled {

    private static final int SESSIONS = 5;
    private static final Duration GOAL = Duration.ofSeconds(5);
    private static final Duration STARTS_AT_MOST = Duration.ofMinutes(1);
    private static final int ABOUT_SECONDS_EACH = 12;

    private final BenchStack stack;
    private final Report report;
    private final LiveClients clients;
    private final int kills;
    private final Returns returns = new Returns();

    OwnersKilled(BenchStack stack, Report report, LiveClients clients, int kills) {
        this.stack = stack;
        this.report = report;
        this.clients = clients;
        this.kills = kills;
    }

    static Duration lasts(int kills) {
        return Duration.ofSeconds((long) kills * ABOUT_SECONDS_EACH);
    }

    void run(HttpApi gateway, String prefix) {
        report.begin(kills + " kills (-9) of the instance that owns " + SESSIONS
                + " live sessions, whose clients come back to another one");
        Accounts accounts = new Accounts(prefix, SESSIONS).open(gateway);
        long timeIsUp =
                System.nanoTime() + lasts(kills).multipliedBy(2).plusMinutes(1).toNanos();
        try (InstancePair instances = stack.pair(Service.SESSION_SERVICE)) {
            instances.awaitBoth();
            List<ReturningClient> live = clients.startAll(accounts, STARTS_AT_MOST).stream()
                    .map(begun -> new ReturningClient(clients, begun))
                    .toList();
            kill(instances, live, timeIsUp);
            live.stream().filter(ReturningClient::isServed).forEach(ReturningClient::end);
        }
    }

    /** The sessions began at the first instance, so they are at the first and at the second in turn. */
    private void kill(InstancePair instances, List<ReturningClient> live, long timeIsUp) {
        int killed = 0;
        int within = 0;
        try {
            while (killed < kills && System.nanoTime() < timeIsUp) {
                int owner = killed % 2;
                List<ReturningClient> served =
                        live.stream().filter(ReturningClient::isServed).toList();
                if (served.isEmpty()) {
                    throw new IllegalStateException("no session is served any more");
                }
                killed++;
                within += kill(instances, owner, served) ? 1 : 0;
                if (killed < kills) {
                    instances.startAgain(owner);
                }
            }
        } finally {
            report.add("kills", killed, "kills", Wanted.MORE);
            report.add("kills after which all were served again within 5 s", within, "kills", Wanted.MORE);
            returns.report(report);
        }
    }

    private boolean kill(InstancePair instances, int owner, List<ReturningClient> served) {
        long killed = System.nanoTime();
        long givenUp = killed + Returns.PATIENCE.toNanos();
        List<CompletableFuture<Long>> again = served.stream()
                .map(client -> client.servedAgain(instances.port(), givenUp))
                .toList();
        instances.kill(owner);
        return returns.await(again, killed, GOAL);
    }
}
