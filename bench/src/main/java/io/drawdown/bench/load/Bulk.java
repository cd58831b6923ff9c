package io.drawdown.bench.load;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;

/**
 * Many operations that only have to be done, such as a set-up; nothing of them is measured. One that is not done after a
 * minute has failed.
 */
public final class Bulk {

    private static final Duration EACH = Duration.ofMinutes(1);

    private Bulk() {}

    /**
     * Returns when all are done.
     *
     * @param atOnce how many are under way at most
     * @param operation begins the operation of a number, from 0 on
     * @throws IllegalStateException if one failed
     */
    public static void run(int count, int atOnce, IntFunction<CompletionStage<?>> operation) {
        Semaphore places = new Semaphore(atOnce);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        for (int each = 0; each < count && failure.get() == null; each++) {
            places.acquireUninterruptibly();
            var ignored = begin(operation, each).whenComplete((done, fault) -> {
                failure.compareAndSet(null, fault);
                places.release();
            });
        }
        places.acquireUninterruptibly(atOnce);
        if (failure.get() != null) {
            throw new IllegalStateException("the set-up failed", failure.get());
        }
    }

    /**
     * Tries all. One that fails hinders no other; when the time is up no more are begun or waited for.
     *
     * @param atOnce how many are under way at most
     * @param operation begins the operation of a number, from 0 on
     * @return how many succeeded
     */
    public static int tryAll(int count, int atOnce, Duration atMost, IntFunction<CompletionStage<?>> operation) {
        long timeIsUp = System.nanoTime() + atMost.toNanos();
        Semaphore places = new Semaphore(atOnce);
        AtomicInteger succeeded = new AtomicInteger();
        for (int each = 0; each < count && acquired(places, 1, timeIsUp); each++) {
            var ignored = begin(operation, each).whenComplete((done, fault) -> {
                if (fault == null) {
                    succeeded.incrementAndGet();
                }
                places.release();
            });
        }
        boolean unused = acquired(places, atOnce, timeIsUp);
        return succeeded.get();
    }

    private static CompletableFuture<?> begin(IntFunction<CompletionStage<?>> operation, int number) {
        try {
            return operation.apply(number).toCompletableFuture().copy().orTimeout(EACH.toSeconds(), TimeUnit.SECONDS);
        } catch (RuntimeException fault) {
            return CompletableFuture.failedFuture(fault);
        }
    }

    private static boolean acquired(Semaphore places, int number, long timeIsUp) {
        try {
            return places.tryAcquire(number, timeIsUp - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
