package io.drawdown.sessions.api;

import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.trace.RequestTrace;
import io.drawdown.sessions.api.ClientSocket.Authentication;
import io.drawdown.sessions.api.ClientSocket.Authentication.Anonymous;
import io.drawdown.sessions.api.ClientSocket.Authentication.Authenticated;
import io.drawdown.sessions.api.ClientSocket.Authentication.Rejected;
import io.drawdown.sessions.connection.Authenticator;
import io.drawdown.sessions.connection.Identity;
import io.drawdown.sessions.connection.JwtAuthenticator;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the token in the header of a handshake that {@link SocketHandshake} let through, so that the socket opens with
 * it. A bad token does not fail the handshake, because then a browser could not tell why.
 */
@Singleton
public final class SocketUpgrade implements HttpUpgradeCheck {

    private static final String BEARER = "Bearer ";

    private final CoreLoop loop;
    private final Authenticator authenticator;

    SocketUpgrade(CoreLoop loop, JWTParser tokens) {
        this.loop = loop;
        authenticator = new JwtAuthenticator(tokens, Runnable::run);
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext handshake) {
        HttpServerRequest request = handshake.httpRequest();
        return authenticate(request.getHeader(HttpHeaders.AUTHORIZATION))
                .emitOn(threadOfTheSocket())
                .invoke(known -> handshake
                        .userData()
                        .put(ClientSocket.KEY, new ClientSocket(known, RequestTrace.of(request), loop)))
                .chain(() -> CheckResult.permitUpgrade());
    }

    /** On any other thread an early frame could be read, and lost, before the socket has its listeners. */
    private static Executor threadOfTheSocket() {
        Context context = Vertx.currentContext();
        return task -> context.runOnContext(ignored -> task.run());
    }

    private Uni<Authentication> authenticate(@Nullable String authorization) {
        if (authorization == null) {
            return Uni.createFrom().item(new Anonymous());
        }
        return authorization.startsWith(BEARER)
                ? authenticator.verify(authorization.substring(BEARER.length())).map(SocketUpgrade::authentication)
                : Uni.createFrom().item(new Rejected());
    }

    private static Authentication authentication(Optional<Identity> identity) {
        return identity.<Authentication>map(Authenticated::new).orElseGet(Rejected::new);
    }
}
