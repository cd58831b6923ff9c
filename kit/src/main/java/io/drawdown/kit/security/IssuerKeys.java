package io.drawdown.kit.security;

import io.drawdown.kit.time.Time;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of an issuer, by their {@code kid}, as its address showed them lately.
 *
 * <p>They are read when a token comes and they are old, or none of them is the token's. One thread reads; another whose key is
 * known goes on with the keys that there are, and one whose key is unknown waits for a moment, unless several wait already. Between two attempts there are at
 * least 5 s, so that tokens with made-up keys cannot be used to press the issuer. While it cannot be read the known keys
 * stay valid for a time that is configured: an issuer that is away shuts nobody out, and nobody can make a key count for ever by
 * keeping us from it.
 */
final class IssuerKeys {

    static final Duration APART = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(IssuerKeys.class);
    private static final long WAIT_MILLIS = 1_000;

    /** Whoever shows unknown keys must not take all worker threads by it. */
    private static final int MOST_WAITING = 8;

    private final KeySource source;
    private final long refreshNanos;
    private final long keepNanos;
    private final Time time;
    private final ReentrantLock reading = new ReentrantLock();

    private volatile Map<String, PublicKey> keys = Map.of();
    private volatile long readAt;
    private long triedAt;
    private boolean isTried;

    IssuerKeys(KeySource source, Duration refresh, Duration keep, Time time) {
        this.source = source;
        this.refreshNanos = refresh.toNanos();
        this.keepNanos = keep.toNanos();
        this.time = time;
    }

    /**
     * The key of that name; null if the issuer shows none. May block for some seconds.
     *
     * @param kid null if the token names none: then there must be one key only
     */
    @Nullable
    PublicKey find(@Nullable String kid) {
        @Nullable PublicKey known = known(kid);
        boolean isOld = time.nanos() - readAt >= refreshNanos;
        if (known != null && !isOld) {
            return known;
        }
        if (lock(known == null && reading.getQueueLength() < MOST_WAITING ? WAIT_MILLIS : 0)) {
            try {
                readUnlessTried();
            } finally {
                reading.unlock();
            }
        }
        return known(kid);
    }

    private @Nullable PublicKey known(@Nullable String kid) {
        return time.nanos() - readAt < keepNanos ? among(keys, kid) : null;
    }

    private boolean lock(long millis) {
        try {
            return millis == 0 ? reading.tryLock() : reading.tryLock(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void readUnlessTried() {
        if (isTried && time.nanos() - triedAt < APART.toNanos()) {
            return;
        }
        isTried = true;
        triedAt = time.nanos();
        try {
            Map<String, PublicKey> found = source.read();
            if (!found.equals(keys)) {
                LOG.infof("Keys of the issuer changed: kids=%s", found.keySet());
            }
            keys = found;
            readAt = triedAt;
        } catch (IOException e) {
            LOG.warnf(
                    "Keys of the issuer not read, the known ones stay valid for a time: known=%s fault=%s",
                    keys.keySet(), e);
        }
    }

    private static @Nullable PublicKey among(Map<String, PublicKey> keys, @Nullable String kid) {
        if (kid != null) {
            return keys.get(kid);
        }
        return keys.size() == 1 ? keys.values().iterator().next() : null;
    }
}
