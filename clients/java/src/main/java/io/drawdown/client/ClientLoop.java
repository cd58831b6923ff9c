package io.drawdown.client;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread of a client, its timers and its clock. Tests set them. */
public interface ClientLoop {

    void execute(Runnable task);

    /** Runs the task on the loop after that time. @return cancels it */
    Runnable after(Duration delay, Runnable task);

    /** Monotonic. */
    long nanos();

    /** One daemon thread for any number of sessions. */
    static ClientLoop ofSystem() {
        return SystemLoop.SHARED;
    }

    /** On the clock of the system. */
    final class SystemLoop implements ClientLoop {

        private static final SystemLoop SHARED = new SystemLoop();

        private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
                1, task -> Thread.ofPlatform().name("drawdown-client").daemon().unstarted(task));

        private SystemLoop() {
            thread.setRemoveOnCancelPolicy(true);
        }

        @Override
        public void execute(Runnable task) {
            thread.execute(task);
        }

        @Override
        public Runnable after(Duration delay, Runnable task) {
            var timer = thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> timer.cancel(false);
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }
    }
}
