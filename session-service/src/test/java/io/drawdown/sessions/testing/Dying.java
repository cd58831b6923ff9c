package io.drawdown.sessions.testing;

import io.drawdown.kit.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The scheduler of one process: when that dies, what it had planned does not happen; while it sleeps, what falls due waits.
 */
final class Dying implements Scheduler {

    private final Scheduler world;
    private final Network network;
    private final List<Runnable> overslept = new ArrayList<>();
    private boolean alive = true;
    private boolean asleep;

    Dying(Scheduler world, Network network) {
        this.world = world;
        this.network = network;
    }

    boolean isAlive() {
        return alive;
    }

    void die() {
        alive = false;
    }

    void sleep() {
        asleep = true;
    }

    void wake() {
        asleep = false;
        overslept.forEach(world::execute);
        overslept.clear();
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        boolean[] cancelled = {false};
        Timer timer = world.after(
                delay,
                () -> run(() -> {
                    if (!cancelled[0]) {
                        action.run();
                    }
                }));
        return () -> {
            cancelled[0] = true;
            timer.cancel();
        };
    }

    /** Something reaches the process: a timer of its own or an answer. */
    void run(Runnable action) {
        if (asleep) {
            overslept.add(() -> run(action));
        } else if (alive) {
            network.run(this, action);
        }
    }
}
