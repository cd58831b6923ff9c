package io.drawdown.billing.testing;

import io.drawdown.billing.batch.BatchContext;
import io.drawdown.billing.batch.BatchProcess;
import io.drawdown.billing.batch.BatchResult;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Processes for the tests of the service. */
public final class TestProcesses {

    private TestProcesses() {}

    /** Does three effects. */
    @Singleton
    public static final class Counting implements BatchProcess {

        public final AtomicInteger effects = new AtomicInteger();

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public BatchResult run(BatchContext context) {
            for (int each = 1; each <= 3; each++) {
                context.effect(effects::incrementAndGet);
                context.count("processed_count", 1);
                context.save("c-" + each);
            }
            context.progress("all done");
            return BatchResult.completed();
        }
    }

    /** Throws what is no exception. */
    @Singleton
    public static final class Failing implements BatchProcess {

        @Override
        public String name() {
            return "failing";
        }

        @Override
        public BatchResult run(BatchContext context) {
            context.count("processed_count", 1);
            context.save("f-1");
            throw new StackOverflowError("as if");
        }
    }

    /** Works until it is let go, or has to stop. */
    @Singleton
    public static final class Waiting implements BatchProcess {

        public final List<String> begunAt = new CopyOnWriteArrayList<>();
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private boolean isOpen;

        @Override
        public String name() {
            return "waiting";
        }

        @Override
        public BatchResult run(BatchContext context) throws InterruptedException {
            begunAt.add(context.cursor().orElse("start"));
            context.count("processed_count", 5);
            context.progress("waits");
            context.save("w-5");
            lock.lock();
            try {
                while (!isOpen && context.mayGoOn()) {
                    var unused = changed.await(50, TimeUnit.MILLISECONDS);
                }
                return isOpen ? BatchResult.completed() : BatchResult.partial();
            } finally {
                lock.unlock();
            }
        }

        public void open(boolean open) {
            lock.lock();
            try {
                isOpen = open;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
