package io.drawdown.billing.run.engine;

import io.drawdown.billing.run.Budget;
import io.drawdown.billing.run.RunDocument;
import io.drawdown.kit.time.Time;
import java.time.Duration;

/** How long a run has taken, on the monotonic clock since this instance began with it, and by the database's clock before that. */
final class RunClock {

    private final Budget budget;
    private final Time time;
    private final long beganNanos;
    private final Duration usedBefore;

    RunClock(RunDocument run, Budget budget, Time time) {
        this.budget = budget;
        this.time = time;
        this.beganNanos = time.nanos();
        this.usedBefore = believed(Duration.between(run.startedAt(), time.now()));
    }

    /** A clock may have been set since the run began: what it says is believed up to the whole budget. */
    private Duration believed(Duration since) {
        if (since.isNegative()) {
            return Duration.ZERO;
        }
        return since.compareTo(budget.total()) > 0 ? budget.total() : since;
    }

    Duration used() {
        return usedBefore.plusNanos(time.nanos() - beganNanos);
    }

    /** See {@link Budget#share}. */
    Duration share(int behind) {
        return budget.share(used(), behind);
    }
}
