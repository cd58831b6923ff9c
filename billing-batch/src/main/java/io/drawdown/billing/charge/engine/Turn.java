package io.drawdown.billing.charge.engine;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What whoever moves a charge may do.
 *
 * @param fence of the run; a charge that a later run has written is left alone. 0: it is not a run's
 * @param mayWrite whether it still has its lease; asked before each write
 * @param left until its deadline; asked before each call
 */
public record Turn(long fence, BooleanSupplier mayWrite, Supplier<Duration> left) {

    /** That of a request, which has no lease. */
    public static Turn unfenced(Supplier<Duration> left) {
        return new Turn(0, () -> true, left);
    }

    /**
     * Whether it may not write a document.
     *
     * @param written the greatest fence that has written it
     */
    public boolean isFenced(long written) {
        return !mayWrite.getAsBoolean() || (fence > 0 && written > fence);
    }
}
