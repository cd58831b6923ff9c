package io.drawdown.bench.load;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of operations under way: each answer begins the next one. It finds the greatest throughput; its latencies
 * say little, because a slow answer keeps the next operation from arriving.
 */
public final class ClosedLoop {

    private final Operation operation;
    private final long warmUntil;
    private final long until;
    private final AtomicLong failed = new AtomicLong();
    private final Latencies latencies = new Latencies();
    private final CountDownLatch lanes;

    private ClosedLoop(Operation operation, int inFlight, Duration warmUp, Duration measured) {
        this.operation = operation;
        warmUntil = System.nanoTime() + warmUp.toNanos();
        until = warmUntil + measured.toNanos();
        lanes = new CountDownLatch(inFlight);
    }

    /** Blocks until the load is over. */
    public static Load run(Operation operation, int inFlight, Duration warmUp, Duration measured) {
        ClosedLoop loop = new ClosedLoop(operation, inFlight, warmUp, measured);
        for (int lane = 0; lane < inFlight; lane++) {
            loop.next();
        }
        loop.await();
        double seconds = measured.toNanos() / (double) TimeUnit.SECONDS.toNanos(1);
        return new Load(loop.latencies.count() / seconds, loop.failed.get(), loop.latencies.percentiles(), false);
    }

    /**
     * Begins operations one after the other until one is not done at once; its answer goes on here. A loop instead of a
     * recursion, because operations that are done at once would overflow the stack.
     */
    private void next() {
        while (System.nanoTime() < until) {
            long begun = System.nanoTime();
            CompletableFuture<?> operated = operation.begin().toCompletableFuture();
            if (!operated.isDone()) {
                var unused = operated.whenComplete((done, fault) -> {
                    count(begun, fault);
                    next();
                });
                return;
            }
            count(begun, operated.handle((done, fault) -> fault).getNow(null));
        }
        lanes.countDown();
    }

    private void count(long begun, @Nullable Throwable fault) {
        long now = System.nanoTime();
        if (fault != null) {
            failed.incrementAndGet();
        } else if (now >= warmUntil && now < until) {
            latencies.addNanos(now - begun);
        }
    }

    private void await() {
        try {
            lanes.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted under load", e);
        }
    }
}
