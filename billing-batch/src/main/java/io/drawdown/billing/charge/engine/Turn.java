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
 * @param isHinted something has happened to the intent of the charge, so it is read before anything else is tried
 */
public record Turn(long fence, BooleanSupplier mayWrite, Supplier<Duration> left, boolean isHinted) {

    /** That of a run. */
    public Turn(long fence, BooleanSupplier mayWrite, Supplier<Duration> left) {
        this(fence, mayWrite, left, false);
    }

    /** That of a request, which has no lease. */
    public static Turn unfenced(Supplier<Duration> left) {
        return new Turn(0, () -> true, left);
    }

    /** That of a hint: whoever moves a charge fails with {@code Unavailable} unless its intent was read, or need not be. */
    public static Turn hinted(Supplier<Duration> left) {
        return new Turn(0, () -> true, left, true);
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
