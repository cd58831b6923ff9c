package io.drawdown.bench.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Operations that arrive at a constant rate, however long the ones before them take. A latency counts from the moment at
 * which the operation was due, so a stall is felt by all that were due during it (no coordinated omission).
 */
public final class OpenLoop {

    /** More operations under way than arrive in this time: the rate is not held, and more would only queue. */
    private static final Duration HOPELESS = Duration.ofSeconds(2);

    private static final Duration LAST_ANSWERS = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(1);

    private final double perSecond;
    private final AtomicLong underWay = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    private OpenLoop(double perSecond) {
        this.perSecond = perSecond;
    }

    /** Blocks until the load is over. The warm-up arrives at the same rate and is not counted. */
    public static Load run(Operation operation, double perSecond, Duration warmUp, Duration measured) {
        return new OpenLoop(perSecond).run(operation, warmUp.toNanos(), measured.toNanos());
    }

    private Load run(Operation operation, long warmUp, long measured) {
        Latencies latencies = new Latencies();
        double interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        double most = Math.max(64, perSecond * HOPELESS.toMillis() / 1_000);
        long start = System.nanoTime();
        long number = 0;
        long due = 0;
        boolean isSaturated = false;
        while (due < warmUp + measured && !isSaturated) {
            Pause.until(start + due);
            begin(operation, start + due, due < warmUp ? null : latencies);
            isSaturated = underWay.get() > most;
            number++;
            due = Math.round(number * interval);
        }
        awaitAnswers();
        double seconds = Math.max(1, due - warmUp) / (double) TimeUnit.SECONDS.toNanos(1);
        return new Load(latencies.count() / seconds, failed.get(), latencies.percentiles(), isSaturated);
    }

    private void begin(Operation operation, long dueNanos, @Nullable Latencies latencies) {
        underWay.incrementAndGet();
        operation.begin(dueNanos).whenComplete((done, fault) -> {
            underWay.decrementAndGet();
            if (fault != null) {
                failed.incrementAndGet();
            } else if (latencies != null) {
                latencies.addNanos(System.nanoTime() - dueNanos);
            }
        });
    }

    private void awaitAnswers() {
        long patience = System.nanoTime() + LAST_ANSWERS.toNanos();
        while (underWay.get() > 0 && System.nanoTime() < patience) {
            Pause.of(LOOK);
        }
        failed.addAndGet(underWay.get());
    }
}
