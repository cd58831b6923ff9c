package io.drawdown.kit.testing;

import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/**
 * A clock that moves only when it is told to, and the actions waiting on it, run one at a time on the caller's thread
 * in the order of their time, then of their arrival. Two runs of the same test do the same things in the same order.
 *
 * <p>An action that fails ends the call that ran it: a core's action must not throw.
 */
public final class ManualTime implements Time, Scheduler {

    /** Where every virtual clock starts unless told otherwise. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** More actions without the clock moving than any test needs: they feed themselves. */
    private static final int MOST_ACTIONS_AT_ONE_MOMENT = 1_000_000;

    private final PriorityQueue<Waiting> queue =
            new PriorityQueue<>(Comparator.comparingLong(Waiting::dueNanos).thenComparingLong(Waiting::sequence));
    private Instant origin;
    private long nanos;
    private long sequence;

    public ManualTime() {
        this(START);
    }

    public ManualTime(Instant start) {
        origin = start;
    }

    @Override
    public Instant now() {
        return origin.plusMillis(nanos / 1_000_000);
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        long dueNanos = Math.addExact(nanos, Math.max(0, delay.toNanos()));
        Waiting waiting = new Waiting(dueNanos, sequence++, action);
        queue.add(waiting);
        return () -> queue.remove(waiting);
    }

    /** Moves the clock on and runs all that falls due on the way, each at its own moment. */
    public void advance(Duration duration) {
        long until = Math.addExact(nanos, duration.toNanos());
        runUntilIdle();
        while (!queue.isEmpty() && queue.peek().dueNanos() <= until) {
            nanos = queue.peek().dueNanos();
            runUntilIdle();
        }
        nanos = until;
    }

    /** Runs all that is due now, and what that makes due now; the clock stands still. */
    public void runUntilIdle() {
        int ran = 0;
        while (!queue.isEmpty() && queue.peek().dueNanos() <= nanos) {
            if (++ran > MOST_ACTIONS_AT_ONE_MOMENT) {
                throw new IllegalStateException("actions feed themselves without the clock moving");
            }
            queue.remove().action().run();
        }
    }

    /** Runs the one action that is next, moving the clock to it. False if nothing is waiting. */
    public boolean runNext() {
        if (queue.isEmpty()) {
            return false;
        }
        Waiting next = queue.remove();
        nanos = Math.max(nanos, next.dueNanos());
        next.action().run();
        return true;
    }

    /** How many actions wait, now or later. */
    public int waiting() {
        return queue.size();
    }

    /** Database time jumps, back or forth; the monotonic clock and the timers do not. */
    public void stepClock(Duration step) {
        origin = origin.plus(step);
    }

    /**
     * What a fake port returns: {@code effect} runs when the answer falls due, {@code delay} after the subscription, as
     * an action of this scheduler; so its completion is on the core's thread as a port's must be.
     */
    public <T> Uni<T> answer(Duration delay, Supplier<? extends T> effect) {
        return Uni.createFrom().emitter(emitter -> after(delay, () -> complete(emitter, effect)));
    }

    /** {@link #answer(Duration, Supplier)} as soon as possible. */
    public <T> Uni<T> answer(Supplier<? extends T> effect) {
        return answer(Duration.ZERO, effect);
    }

    private static <T> void complete(UniEmitter<? super T> emitter, Supplier<? extends T> effect) {
        T item;
        try {
            item = effect.get();
        } catch (RuntimeException e) {
            emitter.fail(e);
            return;
        }
        emitter.complete(item);
    }

    private record Waiting(long dueNanos, long sequence, Runnable action) {}
}
