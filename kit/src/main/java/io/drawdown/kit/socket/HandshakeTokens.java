package io.drawdown.kit.socket;

import io.drawdown.kit.socket.ClientSocket.Authentication;
import io.drawdown.kit.socket.ClientSocket.Authentication.Anonymous;
import io.drawdown.kit.socket.ClientSocket.Authentication.Authenticated;
import io.drawdown.kit.socket.ClientSocket.Authentication.Rejected;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the token in the header of a handshake that {@link SocketHandshake} let through, so that the socket opens with
 * it. A bad token does not fail the handshake, because then a browser could not tell why.
 */
public final class HandshakeTokens {

    private static final String BEARER = "Bearer ";

    private final Authenticator authenticator;

    public HandshakeTokens(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /** What the handshake says of the client; on the thread of its socket. */
    public Uni<Authentication> of(HttpServerRequest handshake) {
        return authenticate(handshake.getHeader(HttpHeaders.AUTHORIZATION)).emitOn(threadOfTheSocket());
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
                ? authenticator.verify(authorization.substring(BEARER.length())).map(HandshakeTokens::authentication)
                : Uni.createFrom().item(new Rejected());
    }

    private static Authentication authentication(Optional<Identity> identity) {
        return identity.<Authentication>map(Authenticated::new).orElseGet(Rejected::new);
    }
}
