package io.drawdown.kit.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.drawdown.kit.time.Time;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were verified lately, by their hash, so that the signature of a token is not computed anew for each request. A
 * token is forgotten when it expires, a minute after it was verified at the latest, and when the process ends: a service
 * that gets another key file is restarted. A key that its issuer no longer shows counts for that minute longer.
 */
final class VerifiedTokens {

    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int MOST = 10_000;

    private final Time time;
    private final Cache<String, JWTCallerPrincipal> callers;

    VerifiedTokens(Time time) {
        this.time = time;
        this.callers = Caffeine.newBuilder()
                .maximumSize(MOST)
                .ticker(time::nanos)
                .executor(Runnable::run)
                .expireAfter(Expiry.creating((String hash, JWTCallerPrincipal caller) -> lifetime(caller)))
                .build();
    }

    /** The caller of this token; null if it was not verified lately, or has expired. */
    @Nullable
    JWTCallerPrincipal find(String token) {
        return callers.getIfPresent(SocketToken.hash(token));
    }

    void remember(String token, JWTCallerPrincipal caller) {
        callers.put(SocketToken.hash(token), caller);
    }

    private Duration lifetime(JWTCallerPrincipal caller) {
        Duration left = Duration.between(time.now(), Instant.ofEpochSecond(caller.getExpirationTime()));
        return left.compareTo(LONGEST) < 0 ? left : LONGEST;
    }
}
