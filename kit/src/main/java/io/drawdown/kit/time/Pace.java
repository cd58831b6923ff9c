package io.drawdown.kit.time;

import java.time.Duration;

/**
 * Lets something begin once in an interval at most, so that what becomes ready meanwhile goes together. After a quiet time
 * it begins at once.
 */
public final class Pace {

    private final Scheduler scheduler;
    private final Duration interval;
    private final Runnable again;
    private boolean isWaiting;
    private boolean isAsked;

    /** @param again is run when what was refused may begin; zero as the interval refuses nothing */
    public Pace(Scheduler scheduler, Duration interval, Runnable again) {
        this.scheduler = scheduler;
        this.interval = interval;
        this.again = again;
    }

    /** Whether it may begin now. */
    public boolean begin() {
        if (isWaiting) {
            isAsked = true;
            return false;
        }
        if (!interval.isZero()) {
            isWaiting = true;
            scheduler.after(interval, this::waited);
        }
        return true;
    }

    private void waited() {
        isWaiting = false;
        if (isAsked) {
            isAsked = false;
            again.run();
        }
    }
}
