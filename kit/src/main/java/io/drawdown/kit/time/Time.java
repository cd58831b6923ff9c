package io.drawdown.kit.time;

import java.time.Instant;

/** The clock that a core sees. */
public interface Time {

    /**
     * Database time in whole milliseconds, the precision of documents. It is carried on by the monotonic clock and
     * does not depend on the wall clock of this machine.
     */
    Instant now();

    /** The monotonic clock in nanoseconds; only differences mean something. */
    long nanos();
}
