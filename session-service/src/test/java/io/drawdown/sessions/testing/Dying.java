package io.drawdown.sessions.testing;

import io.drawdown.kit.time.Scheduler;
import java.time.Duration;

/** The scheduler of one process: when that dies, what it had planned does not happen. */
final class Dying implements Scheduler {

    private final Scheduler world;
    private boolean alive = true;

    Dying(Scheduler world) {
        this.world = world;
    }

    boolean isAlive() {
        return alive;
    }

    void die() {
        alive = false;
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        return world.after(delay, () -> {
            if (alive) {
                action.run();
            }
        });
    }
}
