package io.drawdown.billing.testing;

import io.drawdown.kit.time.Scheduler;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The thread of a process that may be killed: its timers end with it. */
public final class DyingScheduler implements Scheduler {

    private final Scheduler thread;
    private final BooleanSupplier isDead;

    public DyingScheduler(Scheduler thread, BooleanSupplier isDead) {
        this.thread = thread;
        this.isDead = isDead;
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        return thread.after(delay, () -> {
            if (!isDead.getAsBoolean()) {
                action.run();
            }
        });
    }
}
