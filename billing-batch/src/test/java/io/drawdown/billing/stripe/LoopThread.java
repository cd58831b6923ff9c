package io.drawdown.billing.stripe;

import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The thread of a core, with real time. */
final class LoopThread implements Scheduler, Time, AutoCloseable {

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("core").factory());
    private volatile Duration ahead = Duration.ZERO;

    /** The clock is set forward; timers are not. */
    void skip(Duration time) {
        ahead = ahead.plus(time);
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        var scheduled = thread.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public Instant now() {
        return Instant.now().plus(ahead).truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
