package io.drawdown.kit.outbox;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The bounds of a {@link Relay}.
 *
 * @param mostItems items, and as many keys, that it holds; what is offered beyond is left to the next sweep
 * @param publishing keys with an item being published
 * @param recording batches of items being recorded
 * @param batch items in one record batch, keys in one trim
 * @param quiet how long nothing came for a key before its aggregate is trimmed, and looked at for what others left
 * @param memory how long a key is remembered after that, before it is looked at for the last time; zero: it is not
 * @param leastRetry first delay after a failure of a key; it doubles, with jitter
 * @param greatestRetry last delay
 */
public record RelayLimits(
        int mostItems,
        int publishing,
        int recording,
        int batch,
        Duration quiet,
        Duration memory,
        Duration leastRetry,
        Duration greatestRetry) {

    /** What the services run with. */
    public static final RelayLimits DEFAULT = new RelayLimits(
            50_000,
            256,
            4,
            500,
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofMillis(200),
            Duration.ofSeconds(5));

    /** Of aggregates that are changed by one process at a time: nobody leaves anything to another. */
    public static final RelayLimits OF_ONE_OWNER = new RelayLimits(
            50_000, 256, 4, 500, Duration.ofSeconds(1), Duration.ZERO, Duration.ofMillis(200), Duration.ofSeconds(5));

    /** How long a key rests after so many failures in a row: doubled each time, with jitter. */
    Duration retryAfter(int failures, RandomGenerator random) {
        long cap = Math.min(greatestRetry.toMillis(), leastRetry.toMillis() << Math.min(failures, 16));
        return Duration.ofMillis(cap / 2 + random.nextLong(cap / 2 + 1));
    }
}
