package io.drawdown.kit.idempotency;

import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Names one command on one account: all requests under one key have their effect once. Clients and services have
 * separate namespaces, so no client can use an internal key.
 */
public final class IdempotencyKey {

    /** The header that carries a client's key. */
    public static final String HEADER = "Idempotency-Key";

    /** The keys that {@link #isSane} accepts, as a regular expression. */
    public static final String FORM = "^[!-~]{1,255}$";

    private static final int MAX_LENGTH = 255;

    private final String hash;

    private IdempotencyKey(String namespace, String accountId, String key) {
        this.hash = Digest.of(namespace, accountId, key);
    }

    /**
     * A key that a client chose: 1 to 255 visible ASCII characters; not {@code .} or {@code ..}, which no path can name.
     *
     * @throws ProblemException {@link ProblemType#IDEMPOTENCY_KEY_REQUIRED} if it is absent or something else
     */
    public static IdempotencyKey ofClient(String accountId, @Nullable String key) {
        if (key == null || !isSane(key)) {
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_KEY_REQUIRED,
                    HEADER + " is 1 to " + MAX_LENGTH + " visible ASCII characters");
        }
        return new IdempotencyKey("c", accountId, key);
    }

    /** A key that a service derived, e.g. {@code <sessionId>:start}. */
    public static IdempotencyKey internal(String accountId, String key) {
        return new IdempotencyKey("i", accountId, key);
    }

    /** Whether a client may use this as a key. */
    public static boolean isSane(String key) {
        return !key.isEmpty()
                && key.length() <= MAX_LENGTH
                && key.chars().allMatch(c -> c > ' ' && c < 127)
                && !key.equals(".")
                && !key.equals("..");
    }

    /** 128 bits in hexadecimal, stored instead of the key. */
    public String hash() {
        return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IdempotencyKey that && that.hash.equals(hash);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    @Override
    public String toString() {
        return hash;
    }
}
