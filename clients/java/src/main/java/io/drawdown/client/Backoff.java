package io.drawdown.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: twice as long each time, up to a limit, and a random part of it, so that many
 * clients that lost one instance do not come back at the same moment.
 */
final class Backoff {

    static final Duration FIRST = Duration.ofMillis(250);
    static final Duration LONGEST = Duration.ofSeconds(10);

    private static final int MOST_DOUBLINGS = 6;

    private final RandomGenerator random;
    private int failures;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    void reset() {
        failures = 0;
    }

    /** @param atLeast what the service asked for */
    Duration next(Duration atLeast) {
        long whole = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        return atLeast.plusMillis(whole / 2 + (long) (random.nextDouble() * (whole - whole / 2)));
    }
}
