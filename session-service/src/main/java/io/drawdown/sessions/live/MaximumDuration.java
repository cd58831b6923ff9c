package io.drawdown.sessions.live;

import java.time.Duration;

/**
 * How long a session may last at most. The end is announced a minute before, or at once if the session may not last that
 * long.
 *
 * @param lastNanos monotonic time of its last moment
 */
record MaximumDuration(long lastNanos) {

    static final Duration ANNOUNCED_BEFORE = Duration.ofMinutes(1);

    static MaximumDuration from(long bornNanos, Duration maximum) {
        return new MaximumDuration(bornNanos + maximum.toNanos());
    }

    boolean isOver(long now) {
        return !left(now).isPositive();
    }

    boolean isNearlyOver(long now) {
        return left(now).compareTo(ANNOUNCED_BEFORE) <= 0;
    }

    Duration left(long now) {
        return Duration.ofNanos(Math.max(0, lastNanos - now));
    }

    /** How long until the end is announced, or once it was announced, until the end. */
    Duration untilNext(long now) {
        return isNearlyOver(now) ? left(now) : left(now).minus(ANNOUNCED_BEFORE);
    }
}
