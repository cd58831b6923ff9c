package io.drawdown.kit.rate;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket that keeps one number: when it is full again. A token delays that by the time in which one comes back; a bucket
 * that would be full only after the time of a whole burst is empty. Source: the generic cell rate algorithm, ITU-T I.371. Of our own, because
 * it must count on {@link io.drawdown.kit.time.Time}, which a test moves, in one number for each of 100,000 callers.
 */
public final class TokenBucket {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final long perToken;
    private final long whole;
    private final AtomicLong fullAt;

    /** A full one. */
    public TokenBucket(int perSecond, int burst, long now) {
        this.perToken = Math.max(1, SECOND / perSecond);
        this.whole = perToken * burst;
        this.fullAt = new AtomicLong(now);
    }

    /**
     * Takes one token. Safe for use by many threads.
     *
     * @param now the monotonic clock
     * @return 0 if there was one, else in how many nanoseconds there will be one
     */
    public long take(long now) {
        while (true) {
            long known = fullAt.get();
            long later = (known - now > 0 ? known : now) + perToken;
            long missing = later - now - whole;
            if (missing > 0) {
                return missing;
            }
            if (fullAt.compareAndSet(known, later)) {
                return 0;
            }
        }
    }
}
