package io.drawdown.simulator.world;

import io.drawdown.kit.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One process, which is one thread: what it planned and what reaches it happens only while it lives; while it is frozen
 * all of that waits, and happens at once, in its order, when it wakes.
 */
public final class Process implements Scheduler {

    private final String name;
    private final Timeline timeline;
    private final List<Runnable> overslept = new ArrayList<>();
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

    public boolean isAlive() {
        return alive;
    }

    public boolean isFrozen() {
        return alive && frozen;
    }

    /** Told once, at the moment of its death; in the order in which they asked. */
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
            overslept.clear();
            whenDead.run();
        }
    }

    /** It dies before the action after so many: between any two steps of what it is doing. */
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
        List<Runnable> waited = List.copyOf(overslept);
        overslept.clear();
        waited.forEach(action -> timeline.after(0, () -> run(action)));
    }

    private void endStall() {
        if (frozen) {
            frozen = false;
            stalls.add(new Stall(frozenNanos, timeline.nanos()));
        }
    }

    /** How much of that time lay in stalls longer than so much each. */
    public long stoodStill(long fromNanos, long toNanos, long longerThanNanos) {
        long sum = 0;
        for (Stall each : stalls) {
            sum += overlap(each, fromNanos, toNanos, longerThanNanos);
        }
        return frozen
                ? sum + overlap(new Stall(frozenNanos, timeline.nanos()), fromNanos, toNanos, longerThanNanos)
                : sum;
    }

    /** When it woke from its latest stall longer than that; negative if there was none. */
    public long wokeNanos(long longerThanNanos) {
        for (Stall each : stalls.reversed()) {
            if (each.toNanos - each.fromNanos > longerThanNanos) {
                return each.toNanos;
            }
        }
        return -1;
    }

    /** How many stalls there were in that time. */
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

    /** Something reaches the process: a timer of its own, an answer, a message. */
    public void run(Runnable action) {
        if (!alive) {
            return;
        }
        if (frozen) {
            overslept.add(action);
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

    /** A timer that was cancelled while its process slept does not ring afterwards. */
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
