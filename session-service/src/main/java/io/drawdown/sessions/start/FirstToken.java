package io.drawdown.sessions.start;

import io.drawdown.kit.security.SocketToken;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The first token of a session.
 *
 * @param token if the service named it; null: only the client knows it
 */
record FirstToken(String hash, @Nullable String token) {

    static FirstToken of(@Nullable String hashByClient, Supplier<String> tokens) {
        if (hashByClient != null) {
            return new FirstToken(hashByClient, null);
        }
        String token = tokens.get();
        return new FirstToken(SocketToken.hash(token), token);
    }
}
