package io.drawdown.kit.outbox;

import io.drawdown.kit.time.Backoff;
import java.time.Duration;

/**
 * The bounds of a {@link Relay}.
 *
 * @param mostItems items, and as many keys, that it holds; what is offered beyond is left to the next sweep
 * @param publishing keys with an item being published
 * @param recording batches of items being recorded
 * @param batch items in one record batch, keys in one trim
 * @param quiet how long nothing came for a key before its aggregate is trimmed, and looked at for what others left
 * @param memory how long a key is remembered after that, before it is looked at for the last time; zero: it is not
 * @param retry how long a key rests after a failure
 */
public record RelayLimits(
        int mostItems, int publishing, int recording, int batch, Duration quiet, Duration memory, Backoff retry) {

    private static final Backoff RETRY = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    /** What the services run with. */
    public static final RelayLimits DEFAULT =
            new RelayLimits(50_000, 256, 4, 500, Duration.ofMillis(100), Duration.ofSeconds(1), RETRY);

    /** Of aggregates that are changed by one process at a time: nobody leaves anything to another. */
    public static final RelayLimits OF_ONE_OWNER =
            new RelayLimits(50_000, 256, 4, 500, Duration.ofSeconds(1), Duration.ZERO, RETRY);
}
