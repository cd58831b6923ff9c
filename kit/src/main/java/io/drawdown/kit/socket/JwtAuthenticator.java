package io.drawdown.kit.socket;

import io.drawdown.kit.security.Caller;
import io.drawdown.kit.security.Role;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Verifies tokens by the public key, on a worker thread: it is too slow for the core's. */
public final class JwtAuthenticator implements Authenticator {

    private final JWTParser parser;
    private final Set<String> trusted;
    private final Executor core;

    /**
     * @param trusted the roles that may act for any account; others but users may not open sockets
     * @param core where answers arrive
     */
    public JwtAuthenticator(JWTParser parser, Set<String> trusted, Executor core) {
        this.parser = parser;
        this.trusted = trusted;
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

    private Optional<Identity> identity(Caller caller, Instant validUntil) {
        boolean forOthers = caller.roles().stream().anyMatch(trusted::contains);
        return forOthers || caller.roles().contains(Role.USER)
                ? Optional.of(new Identity(caller.subject(), forOthers, validUntil))
                : Optional.empty();
    }
}
