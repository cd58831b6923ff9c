package io.drawdown.simulator.sessions;

import io.drawdown.kit.socket.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The tokens of the simulated world, and the identity behind each. */
final class Tokens {

    static final Duration TIME_TO_VERIFY = Duration.ofMillis(1);
    static final String GATEWAY = "gateway";
    static final String WRONG = "wrong";

    private static final String USER = "user:";
    private static final String EXPIRED = "expired:";

    private Tokens() {}

    static String of(String account) {
        return USER + account;
    }

    static String expired(String account) {
        return EXPIRED + account;
    }

    static Optional<Identity> verify(String token) {
        if (token.equals(GATEWAY)) {
            return Optional.of(new Identity(GATEWAY, true, Instant.MAX));
        }
        if (token.startsWith(USER)) {
            return Optional.of(new Identity(token.substring(USER.length()), false, Instant.MAX));
        }
        return token.startsWith(EXPIRED)
                ? Optional.of(new Identity(token.substring(EXPIRED.length()), false, Instant.EPOCH))
                : Optional.empty();
    }
}
