package io.drawdown.kit.time;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: the delay doubles with every failure up to a longest one, and half of it is
 * random, so that those who failed together do not try again together ("equal jitter", M. Brooker, <a
 * href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential Backoff And Jitter</a>).
 *
 * @param first the longest delay after the first failure; positive
 * @param longest the longest delay of all; not below {@code first}
 */
public record Backoff(Duration first, Duration longest) {

    private static final int MOST_DOUBLINGS = 30;

    public Backoff {
        if (!first.isPositive() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("a back-off from " + first + " to " + longest);
        }
    }

    /** A delay that does not grow. */
    public static Backoff constant(Duration longest) {
        return new Backoff(longest, longest);
    }

    /**
     * The delay before the next attempt, in whole milliseconds, between half of the step and the step itself. Draws one
     * random number.
     *
     * @param failures how many attempts have failed before the last one, in a row; 0 after the first failure
     */
    public Duration delay(int failures, RandomGenerator random) {
        long half = step(failures).toMillis() / 2;
        return Duration.ofMillis(half + random.nextLong(half + 1));
    }

    private Duration step(int failures) {
        int doublings = Math.min(failures, MOST_DOUBLINGS);
        boolean isLongest = longest.toMillis() >> doublings < first.toMillis();
        return isLongest ? longest : first.multipliedBy(1L << doublings);
    }
}
