package io.drawdown.bench.core;

import io.drawdown.bench.stack.HttpApi;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/** Accounts with more credits than any load spends. */
public record Accounts(String prefix, int count) {

    private static final String BODY = "{\"grants\":[{\"kind\":\"purchased\",\"amount\":1000000000}]}";
    private static final int AT_ONCE = 32;

    /** Opens them; returns when all are open. */
    public Accounts open(HttpApi credits) {
        Semaphore places = new Semaphore(AT_ONCE);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        for (int each = 0; each < count; each++) {
            places.acquireUninterruptibly();
            credits.put("accounts/" + id(each), BODY).whenComplete((opened, fault) -> {
                failure.compareAndSet(null, fault);
                places.release();
            });
        }
        places.acquireUninterruptibly(AT_ONCE);
        if (failure.get() != null) {
            throw new IllegalStateException("an account could not be opened", failure.get());
        }
        return this;
    }

    /** The account of this number; numbers beyond the count begin again. */
    public String id(long number) {
        return prefix + number % count;
    }
}
