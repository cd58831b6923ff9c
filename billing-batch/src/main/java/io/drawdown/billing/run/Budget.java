package io.drawdown.billing.run;

import java.time.Duration;

/**
 * How long a run may take, and how much of that a process gets. All of it is counted on one monotonic clock, from the moment at which
 * this instance began with the run.
 *
 * <p>The last part of the budget, the stop margin, belongs to nobody: in it processes that were told to stop come to their end and
 * the answer is written. Of the rest a process may use what it needs, but not the least share of those that come after it.
 *
 * @param total from the start of the run to its answer
 * @param margin the part at its end in which nothing is begun
 * @param leastShare what a process gets at least, if all can get so much
 */
public record Budget(Duration total, Duration margin, Duration leastShare) {

    private static final int LEAST_PARTS = 4;

    /** With a margin of at most a quarter, so that a short budget is not all margin. */
    public Budget {
        Duration most = total.dividedBy(LEAST_PARTS);
        margin = margin.compareTo(most) > 0 ? most : margin;
    }

    /**
     * How long the process may go on whose turn it is now.
     *
     * @param used how long the run has taken
     * @param behind how many processes come after it
     * @return zero: there is no time left to begin it
     */
    public Duration share(Duration used, int behind) {
        Duration left = left(used);
        Duration each = left.dividedBy(behind + 1L);
        Duration kept = (leastShare.compareTo(each) < 0 ? leastShare : each).multipliedBy(behind);
        return left.minus(kept);
    }

    /** How much of it is left for processes. */
    public Duration left(Duration used) {
        Duration left = total.minus(margin).minus(used);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
