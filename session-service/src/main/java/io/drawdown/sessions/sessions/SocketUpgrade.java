package io.drawdown.sessions.sessions;

import io.drawdown.sessions.sessions.Line.Visitor;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a socket before it is one: a page of another origin gets none; a token in the header is verified, so that the
 * socket opens with it. A bad token does not fail the handshake, because then a browser could not tell why.
 */
@Singleton
public final class SocketUpgrade implements HttpUpgradeCheck {

    private static final String BEARER = "Bearer ";
    private static final int FORBIDDEN = 403;

    private final List<String> allowedOrigins;
    private final SessionService service;

    SocketUpgrade(SessionConfig config, SessionService service) {
        this.allowedOrigins = config.allowedOrigins().orElse(List.of());
        this.service = service;
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext handshake) {
        HttpServerRequest request = handshake.httpRequest();
        if (!isAllowed(request.getHeader(HttpHeaders.ORIGIN))) {
            return CheckResult.rejectUpgrade(FORBIDDEN);
        }
        return visitor(request.getHeader(HttpHeaders.AUTHORIZATION))
                .emitOn(threadOfTheSocket())
                .invoke(visitor -> handshake.userData().put(Line.KEY, new Line(visitor)))
                .chain(() -> CheckResult.permitUpgrade());
    }

    /** On any other, what the client says at once could be read, and lost, before the socket has its listeners. */
    private static Executor threadOfTheSocket() {
        Context context = Vertx.currentContext();
        return task -> context.runOnContext(ignored -> task.run());
    }

    private boolean isAllowed(@Nullable String origin) {
        return origin == null || allowedOrigins.contains(origin) || allowedOrigins.contains("*");
    }

    private Uni<Visitor> visitor(@Nullable String authorization) {
        if (authorization == null) {
            return Uni.createFrom().item(new Visitor.Stranger());
        }
        return authorization.startsWith(BEARER)
                ? service.authenticator()
                        .verify(authorization.substring(BEARER.length()))
                        .map(SocketUpgrade::visitor)
                : Uni.createFrom().item(new Visitor.Impostor());
    }

    private static Visitor visitor(Optional<Identity> identity) {
        return identity.<Visitor>map(Visitor.Known::new).orElseGet(Visitor.Impostor::new);
    }
}
