package io.drawdown.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: twice as long each time, up to a limit, and a random part of it, so that many
 * clients that lost one instance do not come back at the same moment. It begins anew after a socket that lived for a while: one
 * that breaks at once, each time, is no reason to hurry. What the service asked for is waited for in any case.
 */
final class Backoff {

    static final Duration FIRST = Duration.ofMillis(250);
    static final Duration LONGEST = Duration.ofSeconds(10);
    /** A socket that lived for so long was a good one. */
    static final Duration LIVED = Duration.ofSeconds(10);

    private static final int MOST_DOUBLINGS = 6;

    private final RandomGenerator random;
    private final ClientLoop loop;
    private int failures;
    private long liveNanos;
    private long notBeforeNanos;

    Backoff(RandomGenerator random, ClientLoop loop) {
        this.random = random;
        this.loop = loop;
        this.notBeforeNanos = loop.nanos();
    }

    void live() {
        liveNanos = loop.nanos();
    }

    /** The socket that was live is lost. */
    void lost() {
        if (loop.nanos() - liveNanos >= LIVED.toNanos()) {
            failures = 0;
        }
    }

    /** Begins anew. @return what is left of the time that the service asked for */
    Duration anew() {
        failures = 0;
        return Duration.ofNanos(Math.max(0, notBeforeNanos - loop.nanos()));
    }

    /** @param atLeast what the service asked for */
    Duration next(Duration atLeast) {
        notBeforeNanos = loop.nanos() + atLeast.toNanos();
        long whole = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        return atLeast.plusMillis(whole / 2 + (long) (random.nextDouble() * (whole - whole / 2)));
    }
}
