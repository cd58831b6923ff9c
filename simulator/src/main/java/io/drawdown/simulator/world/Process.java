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
    private boolean alive = true;
    private boolean frozen;
    private int actionsLeft = Integer.MAX_VALUE;
    private Runnable whenDead = () -> {};

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

    /** Told once, at the moment of its death. */
    public void whenDead(Runnable action) {
        whenDead = action;
    }

    /** kill -9. */
    public void kill() {
        if (alive) {
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
        frozen = true;
    }

    public void wake() {
        frozen = false;
        List<Runnable> waited = List.copyOf(overslept);
        overslept.clear();
        waited.forEach(action -> timeline.after(0, () -> run(action)));
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
