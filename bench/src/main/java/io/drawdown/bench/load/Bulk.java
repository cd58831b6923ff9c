package io.drawdown.bench.load;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;

/** Many operations that only have to be done, such as a set-up; nothing of them is measured. */
public final class Bulk {

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
            operation.apply(each).whenComplete((done, fault) -> {
                failure.compareAndSet(null, fault);
                places.release();
            });
        }
        places.acquireUninterruptibly(atOnce);
        if (failure.get() != null) {
            throw new IllegalStateException("the set-up failed", failure.get());
        }
    }
}
