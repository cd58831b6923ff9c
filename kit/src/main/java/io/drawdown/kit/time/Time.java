package io.drawdown.kit.time;

import java.time.Instant;

/** The clock that a core sees. */
public interface Time {

    /**
     * Database time in whole milliseconds (what a document keeps), carried on by the monotonic clock; never read from the
     * wall clock of this machine alone.
     */
    Instant now();

    /** The monotonic clock in nanoseconds; only differences mean something. */
    long nanos();
}
