package io.drawdown.bench.contenders;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What the handlers of this process have begun. Handlers are made by their queues, so it is shared by all of them. */
final class Starts {

    private static final Map<Long, CompletableFuture<Void>> AWAITED = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final AtomicLong COUNT = new AtomicLong();

    private Starts() {}

    /** A number for a task whose start somebody waits for. */
    static long next(CompletableFuture<Void> started) {
        long number = NUMBERS.incrementAndGet();
        AWAITED.put(number, started);
        return number;
    }

    /** A handler began; 0 is the number of all tasks that nobody waits for. */
    static void began(long number) {
        COUNT.incrementAndGet();
        CompletableFuture<Void> awaited = number == 0 ? null : AWAITED.remove(number);
        if (awaited != null) {
            awaited.complete(null);
        }
    }

    static long count() {
        return COUNT.get();
    }
}
