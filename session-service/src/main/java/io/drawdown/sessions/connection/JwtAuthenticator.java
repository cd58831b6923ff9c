package io.drawdown.sessions.connection;

import io.drawdown.kit.security.Caller;
import io.drawdown.kit.security.Role;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Verifies tokens by the public key, on a worker thread: it is too slow for the core's. */
public final class JwtAuthenticator implements Authenticator {

    private final JWTParser parser;
    private final Executor core;

    /** @param core where answers arrive */
    public JwtAuthenticator(JWTParser parser, Executor core) {
        this.parser = parser;
        this.core = core;
    }

    @Override
    public Uni<Optional<Identity>> verify(String token) {
        return Uni.createFrom()
                .item(() -> parse(token))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .emitOn(core);
    }

    private Optional<Identity> parse(String token) {
        try {
            JsonWebToken claims = parser.parse(token);
            return identity(Caller.of(claims), Instant.ofEpochSecond(claims.getExpirationTime()));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    /** Services do not open sockets. */
    private static Optional<Identity> identity(Caller caller, Instant validUntil) {
        boolean forOthers =
                caller.roles().contains(Role.GATEWAY) || caller.roles().contains(Role.OPERATOR);
        return forOthers || caller.roles().contains(Role.USER)
                ? Optional.of(new Identity(caller.subject(), forOthers, validUntil))
                : Optional.empty();
    }
}
