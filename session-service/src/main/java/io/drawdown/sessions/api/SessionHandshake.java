package io.drawdown.sessions.api;

import io.drawdown.kit.problem.ProblemAnswers;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.socket.FrameProblem;
import io.drawdown.kit.socket.Identity;
import io.drawdown.kit.socket.JwtAuthenticator;
import io.drawdown.kit.socket.SocketEdge;
import io.drawdown.kit.socket.SocketHandshake;
import io.drawdown.kit.socket.SocketPort;
import io.drawdown.kit.trace.Spans;
import io.drawdown.sessions.SessionsCore;
import io.drawdown.sessions.config.SessionConfig;
import io.drawdown.sessions.connection.ClientConnection;
import io.drawdown.sessions.protocol.Frame;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way of a request to a socket of sessions. */
@Singleton
public final class SessionHandshake implements HttpUpgradeCheck {

    private final SocketHandshake handshake;
    private final SocketEdge<ClientConnection, Frame> edge;

    SessionHandshake(
            SessionConfig config,
            ProblemAnswers answers,
            SessionsCore core,
            CoreLoop loop,
            JWTParser tokens,
            Spans spans) {
        handshake = new SocketHandshake(
                SessionSocket.PATH,
                "GET /api/v1/sessions lists sessions",
                config.allowedOrigins().orElse(List.of()),
                answers);
        edge = new SocketEdge<>(
                SessionSocket.PATH,
                new JwtAuthenticator(tokens, ClientConnection.TRUSTED, Runnable::run),
                new CoreSockets(core),
                loop,
                spans);
    }

    SocketEdge<ClientConnection, Frame> edge() {
        return edge;
    }

    void register(@Observes Filters filters) {
        handshake.register(filters);
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext request) {
        return edge.upgraded(request);
    }

    /** What the core makes of sockets. */
    private record CoreSockets(SessionsCore core) implements SocketEdge.Core<ClientConnection, Frame> {

        @Override
        public ClientConnection opened(SocketPort<Frame> socket, @Nullable Identity identity) {
            return core.opened(socket, identity);
        }

        @Override
        public void closed(ClientConnection client, int code) {
            client.closed(code);
        }

        @Override
        public Frame error(FrameProblem problem) {
            return new Frame.Error(problem);
        }
    }
}
