package io.drawdown.bench.store;

import io.drawdown.bench.load.Operation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Blocking calls of a driver as operations under load. */
final class Threads implements AutoCloseable {

    private final ExecutorService pool;

    Threads(int most) {
        pool = Executors.newFixedThreadPool(
                most, Thread.ofPlatform().daemon().name("bench-store-", 0).factory());
    }

    /** @param call blocks until it is done */
    Operation operation(Runnable call) {
        return () -> CompletableFuture.runAsync(call, pool);
    }

    @Override
    public void close() {
        pool.close();
    }
}
