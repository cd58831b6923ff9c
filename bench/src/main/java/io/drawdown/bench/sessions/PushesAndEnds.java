package io.drawdown.bench.sessions;

import io.drawdown.bench.core.Accounts;
import io.drawdown.bench.load.Latencies;
import io.drawdown.bench.load.OpenLoop;
import io.drawdown.bench.report.Figure.Wanted;
import io.drawdown.bench.report.Report;
import io.drawdown.bench.stack.HttpApi;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Sessions that are told of a grant while they live, and that their clients end. */
final class PushesAndEnds {

    private static final int STARTS_PER_SECOND = 25;
    private static final int PUSHES_PER_SECOND = 20;
    private static final Duration PUSHES = Duration.ofSeconds(10);
    private static final int ENDS_PER_SECOND = 50;
    private static final String GRANT = "{\"kind\":\"purchased\",\"amount\":1}";

    private final Report report;
    private final LiveClients clients;
    private final int sessions;

    PushesAndEnds(Report report, LiveClients clients, int sessions) {
        this.report = report;
        this.clients = clients;
        this.sessions = sessions;
    }

    static Duration lasts(int sessions) {
        return PUSHES.plusSeconds(sessions / ENDS_PER_SECOND + sessions / STARTS_PER_SECOND);
    }

    void run(HttpApi gateway, String prefix) {
        report.begin(sessions + " sessions that their clients end, at " + ENDS_PER_SECOND + " per second");
        Accounts accounts = new Accounts(prefix, sessions).open(gateway);
        List<LiveClient> live = clients.startAll(accounts, Duration.ofSeconds(60 + 4L * sessions / STARTS_PER_SECOND));
        report.add("sessions that did not start", (double) sessions - live.size(), "sessions", Wanted.LESS);
        if (live.isEmpty()) {
            return;
        }
        pushes(gateway, live);
        AtomicInteger number = new AtomicInteger();
        report.latency(
                "from the frame end until the frame ended",
                OpenLoop.run(
                        () -> live.get(number.getAndIncrement()).end(),
                        ENDS_PER_SECOND,
                        Duration.ZERO,
                        Duration.ofMillis(1_000L * live.size() / ENDS_PER_SECOND)));
    }

    private void pushes(HttpApi gateway, List<LiveClient> live) {
        Latencies afterAnswer = new Latencies();
        AtomicInteger number = new AtomicInteger();
        report.latency(
                "from the request of a grant until its balance is at the socket",
                OpenLoop.run(
                        () -> push(gateway, live, number.getAndIncrement(), afterAnswer),
                        PUSHES_PER_SECOND,
                        Duration.ZERO,
                        PUSHES));
        report.latency("from the answer of the grant", afterAnswer.percentiles());
    }

    private static CompletionStage<Long> push(
            HttpApi gateway, List<LiveClient> live, int number, Latencies afterAnswer) {
        LiveClient client = live.get(number % live.size());
        Map<String, String> key = Map.of("Idempotency-Key", "push-" + number);
        return gateway.post("accounts/" + client.account() + "/grants", key, GRANT)
                .thenCompose(answer -> {
                    long answered = System.nanoTime();
                    return client.balance(seq(answer)).whenComplete((came, fault) -> {
                        if (fault == null) {
                            afterAnswer.addNanos(came - answered);
                        }
                    });
                });
    }

    private static long seq(Buffer answer) {
        return new JsonObject(answer).getLong("seq");
    }
}
