package io.drawdown.simulator.world;

import io.drawdown.kit.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One process with one thread. Its timers and what reaches it run only while it lives. While it is frozen they wait,
 * and they run at once, in order, when it wakes.
 */
public final class Process implements Scheduler {

    private final String name;
    private final Timeline timeline;
    private final List<Runnable> deferred = new ArrayList<>();
    private final List<Stall> stalls = new ArrayList<>();
    private boolean alive = true;
    private boolean frozen;
    private long frozenNanos;
    private int actionsLeft = Integer.MAX_VALUE;
    private Runnable whenDead = () -> {};

    private record Stall(long fromNanos, long toNanos) {}

    public Process(String name, Timeline timeline) {
        this.name = name;
        this.timeline = timeline;
    }

    public String name() {
        return name;
    }

    /** The same in every run of a history. */
    @Override
    public String toString() {
        return name;
    }

    public boolean isAlive() {
        return alive;
    }

    public boolean isFrozen() {
        return alive && frozen;
    }

    /** Runs the action once, when the process dies. Several actions run in the order in which they were given. */
    public void whenDead(Runnable action) {
        Runnable earlier = whenDead;
        whenDead = () -> {
            earlier.run();
            action.run();
        };
    }

    /** kill -9. */
    public void kill() {
        if (alive) {
            endStall();
            alive = false;
            deferred.clear();
            whenDead.run();
        }
    }

    /** Lets the process run so many more actions, then die. */
    public void killAfter(int actions) {
        actionsLeft = Math.min(actionsLeft, actions);
    }

    public void freeze() {
        if (alive && !frozen) {
            frozen = true;
            frozenNanos = timeline.nanos();
        }
    }

    public void wake() {
        endStall();
        List<Runnable> waited = List.copyOf(deferred);
        deferred.clear();
        waited.forEach(action -> timeline.after(0, () -> run(action)));
    }

    private void endStall() {
        if (frozen) {
            frozen = false;
            stalls.add(new Stall(frozenNanos, timeline.nanos()));
        }
    }

    /** How much of the time between the two was in stalls that were each longer than {@code longerThanNanos}. */
    public long stalledNanos(long fromNanos, long toNanos, long longerThanNanos) {
        long sum = 0;
        for (Stall each : stalls) {
            sum += overlap(each, fromNanos, toNanos, longerThanNanos);
        }
        return frozen
                ? sum + overlap(new Stall(frozenNanos, timeline.nanos()), fromNanos, toNanos, longerThanNanos)
                : sum;
    }

    /** When it woke from its latest stall that was longer than {@code longerThanNanos}; negative if there was none. */
    public long wokeNanos(long longerThanNanos) {
        for (Stall each : stalls.reversed()) {
            if (each.toNanos - each.fromNanos > longerThanNanos) {
                return each.toNanos;
            }
        }
        return -1;
    }

    /** How many stalls there were between the two. */
    public int stalls(long fromNanos, long toNanos) {
        int count = frozen && frozenNanos < toNanos ? 1 : 0;
        for (Stall each : stalls) {
            count += each.fromNanos < toNanos && each.toNanos > fromNanos ? 1 : 0;
        }
        return count;
    }

    private static long overlap(Stall still, long fromNanos, long toNanos, long longerThanNanos) {
        boolean isLong = still.toNanos - still.fromNanos > longerThanNanos;
        return isLong ? Math.max(0, Math.min(toNanos, still.toNanos) - Math.max(fromNanos, still.fromNanos)) : 0;
    }

    /** Runs what reaches the process: one of its timers, an answer, a message. */
    public void run(Runnable action) {
        if (!alive) {
            return;
        }
        if (frozen) {
            deferred.add(action);
        } else if (actionsLeft-- <= 0) {
            kill();
        } else {
            action.run();
        }
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        Planned planned = new Planned(action);
        planned.timer = timeline.after(delay.toNanos(), () -> run(planned));
        return planned;
    }

    /** A timer that is cancelled while its process is frozen does not run afterwards. */
    private static final class Planned implements Timer, Runnable {
        private final Runnable action;
        private Timer timer = () -> {};
        private boolean cancelled;

        Planned(Runnable action) {
            this.action = action;
        }

        @Override
        public void run() {
            if (!cancelled) {
                action.run();
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            timer.cancel();
        }
    }
}
