package io.drawdown.kit.outbox;

import java.time.Duration;

/**
 * The bounds of a {@link Relay}.
 *
 * @param mostItems items, and as many keys, that it holds; what is offered beyond is left to the next sweep
 * @param publishing keys with an item being published
 * @param recording batches of items being recorded
 * @param batch items in one record batch, keys in one trim
 * @param quiet how long nothing came for a key before its aggregate is trimmed
 * @param leastRetry first delay after a failure of a key; it doubles, with jitter
 * @param greatestRetry last delay
 */
public record RelayLimits(
        int mostItems,
        int publishing,
        int recording,
        int batch,
        Duration quiet,
        Duration leastRetry,
        Duration greatestRetry) {

    /** What the services run with. */
    public static final RelayLimits DEFAULT =
            new RelayLimits(50_000, 256, 4, 500, Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ofSeconds(5));
}
