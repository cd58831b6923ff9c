package io.drawdown.client;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session to start.
 *
 * @param account whose credits; null means those of the token's own account
 * @param kind a name of the rate card
 * @param startKey names the session: the same key is the same session, however often it is sent
 */
public record SessionRequest(@Nullable String account, String kind, String startKey) {

    /** A new session. */
    public static SessionRequest of(@Nullable String account, String kind) {
        return new SessionRequest(account, kind, UUID.randomUUID().toString());
    }
}
