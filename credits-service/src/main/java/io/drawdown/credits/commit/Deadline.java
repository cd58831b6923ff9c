package io.drawdown.credits.commit;

import io.drawdown.kit.time.Time;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Until when a command may be handed to the store: for a fixed time after it was asked for, and not after the instant that
 * its client stated. The earlier one counts.
 *
 * @param byNanos on the monotonic clock
 * @param notAfter in database time
 */
record Deadline(long byNanos, @Nullable Instant notAfter) {

    boolean hasPassed(Time time) {
        return time.nanos() - byNanos >= 0 || (notAfter != null && time.now().isAfter(notAfter));
    }

    /** How long until it has passed. */
    Duration left(Time time) {
        Duration left = Duration.ofNanos(Math.max(0, byNanos - time.nanos()));
        if (notAfter == null) {
            return left;
        }
        Duration stated = Duration.between(time.now(), notAfter).plusMillis(1);
        return stated.compareTo(left) >= 0 ? left : stated.isNegative() ? Duration.ZERO : stated;
    }
}
