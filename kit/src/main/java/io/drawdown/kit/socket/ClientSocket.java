package io.drawdown.kit.socket;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.trace.CurrentWork;
import io.drawdown.kit.trace.Span;
import io.quarkus.websockets.next.CloseReason;
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
 *
 * @param <C> what the core knows the client as
 * @param <O> the frames that go out
 */
final class ClientSocket<C, O extends SocketFrame> implements SocketPort<O> {

    private static final Logger LOG = Logger.getLogger(ClientSocket.class);

    /** The core would close a client that sends more than this at once. */
    private static final int MOST_EARLY = 200;

    private final Authentication authentication;
    private @Nullable TraceContext trace;
    private final Executor core;
    private final List<Consumer<C>> early = new ArrayList<>();
    private @Nullable WebSocketConnection socket;
    private @Nullable C connection;

    /**
     * @param trace of the handshake
     * @param core the core's thread
     */
    public ClientSocket(Authentication authentication, @Nullable TraceContext trace, Executor core) {
        this.authentication = authentication;
        this.trace = trace;
        this.core = core;
    }

    /** What the handshake says of the client. */
    public sealed interface Authentication {
        /** It has shown no token. */
        record Anonymous() implements Authentication {}

        record Authenticated(Identity identity) implements Authentication {}

        /** It has shown a token that is not valid. */
        record Rejected() implements Authentication {}
    }

    public Authentication authentication() {
        return authentication;
    }

    /** Called before anything is sent. */
    public void opened(WebSocketConnection opened) {
        socket = opened;
    }

    /** Called on the core's thread. Events that came before are handed on first. */
    public void connect(C to) {
        connection = to;
        early.forEach(each -> each.accept(to));
        early.clear();
    }

    /** Tells the core, on its thread, as soon as it knows this socket. */
    public void tell(Consumer<C> event) {
        core.execute(() -> {
            if (connection != null) {
                event.accept(connection);
            } else if (early.size() < MOST_EARLY) {
                early.add(event);
            }
        });
    }

    /** Hands the event to the client; what it asks for meanwhile belongs to the span. Called on the core's thread. */
    void within(Span span, Consumer<C> event, C client) {
        TraceContext handshake = trace;
        trace = span.contextOr(handshake);
        try {
            CurrentWork.within(trace, () -> event.accept(client));
        } finally {
            trace = handshake;
            span.end();
        }
    }

    @Override
    public Uni<Void> send(O frame) {
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
    public Uni<Void> dismiss(O last, EndReason reason) {
        CloseReason close = new CloseReason(reason.closeCode(), reason.name().toLowerCase(Locale.ROOT));
        return socket().sendText(Json.text(last)).chain(() -> socket().close(close));
    }

    private WebSocketConnection socket() {
        return Objects.requireNonNull(socket, "the socket is not open yet");
    }
}
