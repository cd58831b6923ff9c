package io.drawdown.client;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A loop whose time only the test moves. */
final class ManualLoop implements ClientLoop, AutoCloseable {

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().daemon().unstarted(task));
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::nanos).thenComparingLong(Timer::number));
    private long nanos;
    private long made;

    private record Timer(long nanos, long number, Runnable task) {}

    @Override
    public void execute(Runnable task) {
        thread.execute(task);
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        synchronized (timers) {
            Timer timer = new Timer(nanos + delay.toNanos(), made++, task);
            timers.add(timer);
            return () -> cancel(timer);
        }
    }

    private void cancel(Timer timer) {
        synchronized (timers) {
            timers.remove(timer);
        }
    }

    @Override
    public long nanos() {
        synchronized (timers) {
            return nanos;
        }
    }

    /** Runs on the loop, after what it has to do now. */
    <T> T call(Callable<T> task) {
        try {
            return thread.submit(task).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets time pass, with everything that is due meanwhile. */
    void advance(Duration by) {
        call(() -> {
            long until = nanos() + by.toNanos();
            for (Optional<Timer> due = due(until); due.isPresent(); due = due(until)) {
                due.get().task().run();
            }
            synchronized (timers) {
                nanos = until;
            }
            return until;
        });
    }

    private Optional<Timer> due(long until) {
        synchronized (timers) {
            Timer next = timers.peek();
            if (next == null || next.nanos() > until) {
                return Optional.empty();
            }
            nanos = next.nanos();
            return Optional.of(timers.remove());
        }
    }

    /** How long until something is due; empty if nothing is. */
    Optional<Duration> next() {
        return call(() -> {
            synchronized (timers) {
                return Optional.ofNullable(timers.peek()).map(timer -> Duration.ofNanos(timer.nanos() - nanos));
            }
        });
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
