package io.drawdown.bench.cycle;

import io.drawdown.bench.load.Bulk;
import io.drawdown.bench.stack.HttpApi;
import io.drawdown.contracts.MeterReading;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Sessions that credits-service knows, on an account each, and that no session-service has. They are served without a pause. */
final class SyntheticSessions {

    private static final int AT_ONCE = 32;
    private static final int TOLD_EVERY = 5_000;

    private final HttpApi gateway;
    private final HttpApi internal;
    private final String run;
    private final Queue<Session> sessions = new ConcurrentLinkedQueue<>();

    private record Session(String account, String id, long begunNanos) {

        MeterReading reading() {
            long used = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos);
            return new MeterReading(account, id, 1, used);
        }
    }

    SyntheticSessions(HttpApi gateway, HttpApi internal, String run) {
        this.gateway = gateway;
        this.internal = internal;
        this.run = run;
    }

    String accountPrefix() {
        return "cycle-" + run + "-";
    }

    int count() {
        return sessions.size();
    }

    /** Opens more of them, until there are so many. */
    void growTo(int count) {
        int from = sessions.size();
        AtomicInteger opened = new AtomicInteger(from);
        Bulk.run(count - from, AT_ONCE, more -> open(from + more).thenRun(() -> tell(opened.incrementAndGet(), count)));
    }

    private static void tell(int opened, int count) {
        if (opened % TOLD_EVERY == 0 && opened < count) {
            System.err.printf(Locale.ROOT, "  %,d of %,d sessions are opened%n", opened, count);
        }
    }

    private CompletionStage<?> open(int number) {
        String account = accountPrefix() + number;
        String digits = Integer.toString(number, 36);
        String id = "ses_" + run + "0".repeat(26 - run.length() - digits.length()) + digits;
        return gateway.put("accounts/" + account, "{\"grants\":[{\"kind\":\"purchased\",\"amount\":1000000}]}")
                .thenCompose(opened -> internal.post(
                        "internal/sessions/" + id + "/start",
                        Map.of(),
                        "{\"account_id\":\"" + account + "\",\"kind\":\"live_dubbing\"}"))
                .thenRun(() -> sessions.add(new Session(account, id, System.nanoTime())));
    }

    /** What each of them has used by now. */
    Stream<MeterReading> readings() {
        return sessions.stream().map(Session::reading);
    }
}
