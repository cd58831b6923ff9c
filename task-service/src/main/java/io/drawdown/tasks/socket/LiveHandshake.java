package io.drawdown.tasks.socket;

import io.drawdown.kit.problem.ProblemAnswers;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.socket.Authenticator;
import io.drawdown.kit.socket.FrameProblem;
import io.drawdown.kit.socket.Identity;
import io.drawdown.kit.socket.JwtAuthenticator;
import io.drawdown.kit.socket.SocketClient.Surroundings;
import io.drawdown.kit.socket.SocketEdge;
import io.drawdown.kit.socket.SocketHandshake;
import io.drawdown.kit.socket.SocketPort;
import io.drawdown.kit.time.Time;
import io.drawdown.kit.trace.Spans;
import io.drawdown.tasks.LiveService;
import io.drawdown.tasks.config.LiveConfig;
import io.drawdown.tasks.socket.LiveClient.Room;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The way of a request to a socket over which tasks are watched. */
@Singleton
public final class LiveHandshake implements HttpUpgradeCheck {

    private static final Set<String> TRUSTED = Set.of(Role.GATEWAY, Role.SERVICE, Role.OPERATOR);

    private final SocketHandshake handshake;
    private final SocketEdge<LiveClient, LiveFrame> edge;

    LiveHandshake(
            LiveService live, LiveConfig config, ProblemAnswers answers, JWTParser tokens, Time time, Spans spans) {
        LiveConfig.Live bounds = config.task().live();
        handshake = new SocketHandshake(
                TaskLiveSocket.PATH,
                "GET /api/v1/tasks/{id}/events tells of one task without",
                config.allowedOrigins().orElse(List.of()),
                answers);
        Authenticator onCore = new JwtAuthenticator(tokens, TRUSTED, live.loop());
        Surroundings surroundings = new Surroundings(onCore, time, live.loop(), bounds.authenticationWithin());
        Room room = new Room(live.tasks(), live.seats(), bounds.idle(), bounds.subscriptions());
        edge = new SocketEdge<>(
                TaskLiveSocket.PATH,
                new JwtAuthenticator(tokens, TRUSTED, Runnable::run),
                new Sockets(surroundings, room),
                live.loop(),
                spans);
    }

    SocketEdge<LiveClient, LiveFrame> edge() {
        return edge;
    }

    void register(@Observes Filters filters) {
        handshake.register(filters);
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext request) {
        return edge.upgraded(request);
    }

    /** What the live thread makes of sockets. */
    private record Sockets(Surroundings surroundings, Room room) implements SocketEdge.Core<LiveClient, LiveFrame> {

        @Override
        public LiveClient opened(SocketPort<LiveFrame> socket, @Nullable Identity identity) {
            LiveClient client = new LiveClient(socket, surroundings, room);
            client.opened(identity);
            return client;
        }

        @Override
        public void closed(LiveClient client, int code) {
            client.closed(code);
        }

        @Override
        public LiveFrame error(FrameProblem problem) {
            return new LiveFrame.Error(problem);
        }
    }
}
