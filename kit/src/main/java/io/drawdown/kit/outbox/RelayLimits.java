package io.drawdown.kit.outbox;

import io.drawdown.kit.time.Backoff;
import java.time.Duration;

/**
 * The bounds of a {@link Relay}.
 *
 * @param mostItems items, and aggregates, that it holds; further ones are left to the next sweep
 * @param publishing aggregates that publish at the same time
 * @param recording record batches in flight
 * @param batch items in one record batch, items of one aggregate in one publication, and aggregates in one trim
 * @param pace at least so long after one record batch the next one begins, with all that became ready meanwhile
 * @param quiet how long an aggregate must be without new items before it is trimmed; trims have half of it as their pace, unless
 *     one is full
 * @param memory how long after that the aggregate is looked at once more before it is forgotten; zero: not at
 * all
 * @param retry how long an aggregate rests after a failure
 */
public record RelayLimits(
        int mostItems,
        int publishing,
        int recording,
        int batch,
        Duration pace,
        Duration quiet,
        Duration memory,
        Backoff retry) {

    private static final Duration PACE = Duration.ofMillis(5);
    private static final Backoff RETRY = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    /** The limits of production. */
    public static final RelayLimits DEFAULT =
            new RelayLimits(50_000, 256, 4, 500, PACE, Duration.ofMillis(100), Duration.ofSeconds(1), RETRY);

    /** For aggregates that one instance changes at a time, so that nobody leaves items to another relay. */
    public static final RelayLimits OF_ONE_OWNER =
            new RelayLimits(50_000, 256, 4, 500, PACE, Duration.ofSeconds(1), Duration.ZERO, RETRY);
}
