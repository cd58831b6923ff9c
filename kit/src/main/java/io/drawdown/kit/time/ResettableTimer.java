package io.drawdown.kit.time;

import io.drawdown.kit.time.Scheduler.Timer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** At most one waiting action: setting it again replaces the one before. Belongs to the thread of its scheduler. */
public final class ResettableTimer {

    private final Scheduler scheduler;
    private @Nullable Timer timer;

    public ResettableTimer(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Runs the action once after the delay, instead of the action that was waiting, if any. */
    public void set(Duration delay, Runnable action) {
        cancel();
        timer = scheduler.after(delay, () -> {
            timer = null;
            action.run();
        });
    }

    /** Runs the action once after the shortest of the delays, instead of the action that was waiting, if any. */
    public void setEarliest(Runnable action, Duration... delays) {
        set(Collections.min(List.of(delays)), action);
    }

    /** The waiting action will not run. Without one this changes nothing. */
    public void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** Whether an action is waiting. */
    public boolean isSet() {
        return timer != null;
    }
}
