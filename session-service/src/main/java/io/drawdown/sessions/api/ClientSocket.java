package io.drawdown.sessions.api;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.json.Json;
import io.drawdown.sessions.connection.ClientConnection;
import io.drawdown.sessions.connection.Identity;
import io.drawdown.sessions.connection.SocketPort;
import io.drawdown.sessions.protocol.Frame;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One client's socket between the framework and the core, from the handshake on. A frame may be read before the opening
 * of its socket has reached the core; it waits here.
 */
final class ClientSocket implements SocketPort {

    /** The key under which a WebSocket keeps its client socket. */
    static final TypedKey<ClientSocket> KEY = new TypedKey<>("socket");

    private static final Logger LOG = Logger.getLogger(ClientSocket.class);

    /** The core would close a client that sends more than this at once. */
    private static final int MOST_EARLY = 200;

    private final Authentication authentication;
    private final @Nullable TraceContext trace;
    private final Executor core;
    private final List<Consumer<ClientConnection>> early = new ArrayList<>();
    private @Nullable WebSocketConnection socket;
    private @Nullable ClientConnection connection;

    /**
     * @param trace of the handshake
     * @param core the core's thread
     */
    ClientSocket(Authentication authentication, @Nullable TraceContext trace, Executor core) {
        this.authentication = authentication;
        this.trace = trace;
        this.core = core;
    }

    /** What the handshake says of the client. */
    sealed interface Authentication {
        /** It has shown no token. */
        record Anonymous() implements Authentication {}

        record Authenticated(Identity identity) implements Authentication {}

        /** It has shown a token that is not valid. */
        record Rejected() implements Authentication {}
    }

    Authentication authentication() {
        return authentication;
    }

    /** Called before anything is sent. */
    void opened(WebSocketConnection opened) {
        socket = opened;
    }

    /** Called on the core's thread. Events that came before are handed on first. */
    void connect(ClientConnection to) {
        connection = to;
        early.forEach(each -> each.accept(to));
        early.clear();
    }

    /** Tells the core, on its thread, as soon as it knows this socket. */
    void tell(Consumer<ClientConnection> event) {
        core.execute(() -> {
            if (connection != null) {
                event.accept(connection);
            } else if (early.size() < MOST_EARLY) {
                early.add(event);
            }
        });
    }

    @Override
    public Uni<Void> send(Frame frame) {
        return socket().sendText(Json.text(frame)).emitOn(core);
    }

    @Override
    public @Nullable TraceContext trace() {
        return trace;
    }

    @Override
    public void close(int code, String reason) {
        socket().close(new CloseReason(code, reason))
                .subscribe()
                .with(done -> {}, fault -> LOG.debugf("Socket was closed before: connection=%s", socket().id()));
    }

    /** Turns a client away that the core never hears of. */
    Uni<Void> dismiss(Frame.Problem problem, EndReason reason) {
        CloseReason close = new CloseReason(reason.closeCode(), reason.name().toLowerCase(Locale.ROOT));
        return socket().sendText(Json.text(new Frame.Error(problem))).chain(() -> socket().close(close));
    }

    private WebSocketConnection socket() {
        return Objects.requireNonNull(socket, "the socket is not open yet");
    }
}
