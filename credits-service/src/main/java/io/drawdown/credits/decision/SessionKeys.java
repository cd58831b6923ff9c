package io.drawdown.credits.decision;

import io.drawdown.credits.account.Key;
import io.drawdown.kit.idempotency.IdempotencyKey;

/** The keys of what happens once to a session's hold; in a namespace that no client can write. */
public final class SessionKeys {

    private static final String RELEASE = "release";

    private SessionKeys() {}

    /** The hash of {@code <sessionId>:start}. */
    public static String start(String accountId, String sessionId) {
        return hash(accountId, sessionId, "start");
    }

    /** Every release of one session has the same key, {@code <sessionId>:release}, and the same hash. */
    public static Key release(String accountId, String sessionId) {
        return new Key(hash(accountId, sessionId, RELEASE), RELEASE);
    }

    private static String hash(String accountId, String sessionId, String what) {
        return IdempotencyKey.internal(accountId, sessionId + ":" + what).hash();
    }
}
