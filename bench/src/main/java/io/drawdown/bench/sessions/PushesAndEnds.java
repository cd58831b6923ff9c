package io.drawdown.bench.sessions;

import io.drawdown.bench.core.Accounts;
import io.drawdown.bench.load.Bulk;
import io.drawdown.bench.load.Latencies;
import io.drawdown.bench.load.OpenLoop;
import io.drawdown.bench.report.Report;
import io.drawdown.bench.stack.HttpApi;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Sessions that are told of a grant while they live, and that their clients end. */
final class PushesAndEnds {

    private static final int AT_ONCE = 16;
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
        return PUSHES.plusSeconds(sessions / ENDS_PER_SECOND + sessions / 25);
    }

    void run(HttpApi gateway, String prefix) {
        report.begin(sessions + " sessions that their clients end, at " + ENDS_PER_SECOND + " per second");
        Accounts accounts = new Accounts(prefix, sessions).open(gateway);
        LiveClient[] begun = new LiveClient[sessions];
        Bulk.run(sessions, AT_ONCE, number -> {
            begun[number] = clients.start(accounts.id(number));
            return begun[number].begun();
        });
        pushes(gateway, begun);
        AtomicInteger number = new AtomicInteger();
        report.latency(
                "from the frame end until the frame ended",
                OpenLoop.run(
                        () -> begun[number.getAndIncrement()].end(),
                        ENDS_PER_SECOND,
                        Duration.ZERO,
                        Duration.ofSeconds(sessions / ENDS_PER_SECOND)));
    }

    private void pushes(HttpApi gateway, LiveClient[] live) {
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

    private static CompletionStage<Long> push(HttpApi gateway, LiveClient[] live, int number, Latencies afterAnswer) {
        LiveClient client = live[number % live.length];
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
