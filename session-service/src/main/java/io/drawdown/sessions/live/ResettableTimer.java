package io.drawdown.sessions.live;

import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Scheduler.Timer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One timer that is always set anew; rings once. */
final class ResettableTimer {

    private final Scheduler scheduler;
    private final Runnable ring;
    private @Nullable Timer timer;

    ResettableTimer(Scheduler scheduler, Runnable ring) {
        this.scheduler = scheduler;
        this.ring = ring;
    }

    /** Rings after the shortest of them. */
    void set(Duration... delays) {
        off();
        timer = scheduler.after(Collections.min(List.of(delays)), ring);
    }

    void off() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
