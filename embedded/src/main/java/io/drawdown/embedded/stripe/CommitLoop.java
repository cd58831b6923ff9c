package io.drawdown.embedded.stripe;

import io.drawdown.embedded.stripe.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.h2.mvstore.MVStoreException;

/**
 * The one thread that uses the store. Whatever waits is done one after the other and committed together; only then the
 * answers leave. So an answer never shows what a killed server would forget.
 */
final class CommitLoop implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(CommitLoop.class.getName());
    private static final int MOST_AT_ONCE = 256;

    private final Store store;
    private final Consumer<MVStoreException> broken;
    private final BlockingQueue<Supplier<Runnable>> queue = new LinkedBlockingQueue<>();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("stripe-store").unstarted(this::run);
    private volatile boolean closing;

    CommitLoop(Store store, Consumer<MVStoreException> broken) {
        this.store = store;
        this.broken = broken;
    }

    void start() {
        thread.start();
    }

    /** @param work changes the store, and gives what is done after the commit */
    void submit(Supplier<Runnable> work) {
        queue.add(work);
    }

    private void run() {
        List<Supplier<Runnable>> batch = new ArrayList<>();
        try {
            while (!closing) {
                batch.add(queue.take());
                queue.drainTo(batch, MOST_AT_ONCE - 1);
                commit(batch);
                batch.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (MVStoreException e) {
            broken.accept(e);
        }
    }

    private void commit(List<Supplier<Runnable>> batch) {
        List<Runnable> answers = new ArrayList<>();
        for (Supplier<Runnable> work : batch) {
            try {
                answers.add(work.get());
            } catch (MVStoreException e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.log(Level.SEVERE, "Request failed", e);
            }
        }
        store.commit();
        answers.forEach(Runnable::run);
    }

    @Override
    public void close() {
        closing = true;
        queue.add(() -> () -> {});
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
