package io.drawdown.sessions.document;

import io.drawdown.kit.security.SocketToken;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What lets a client come back: its token, of which only the SHA-256 is stored. The client names its next token itself,
 * by its hash, each time it comes back, so no lost answer locks it out.
 *
 * <p>Accepted is the current token. Accepted is also the previous one, if the client names the current one as its next, and
 * by a greater attempt than the one that made it so: then the client did not hear that answer. An attempt that the client
 * has given up is refused, because its number is not greater, and so is another device that knows an old token.
 *
 * @param previousHash of the token that named this one; null before the first return
 * @param attempt of the client that made this token the current one; 0 before the first return
 */
public record ResumeToken(String hash, @Nullable String previousHash, long attempt) {

    public static ResumeToken first(String hash) {
        return new ResumeToken(hash, null, 0);
    }

    /** As it is once a client has come back with {@code token}; empty: it is not let in. */
    public Optional<ResumeToken> next(String token, String nextHash, long nextAttempt) {
        if (nextHash.equals(previousHash) || SocketToken.matches(token, nextHash)) {
            return Optional.empty();
        }
        if (SocketToken.matches(token, hash)) {
            return Optional.of(new ResumeToken(nextHash, hash, nextAttempt));
        }
        boolean isRepeated = previousHash != null
                && SocketToken.matches(token, previousHash)
                && nextHash.equals(hash)
                && nextAttempt > attempt;
        return isRepeated ? Optional.of(new ResumeToken(hash, previousHash, nextAttempt)) : Optional.empty();
    }
}
