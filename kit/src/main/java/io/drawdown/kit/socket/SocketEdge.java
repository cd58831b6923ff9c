package io.drawdown.kit.socket;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.socket.ClientSocket.Authentication;
import io.drawdown.kit.socket.ClientSocket.Authentication.Anonymous;
import io.drawdown.kit.socket.ClientSocket.Authentication.Authenticated;
import io.drawdown.kit.socket.ClientSocket.Authentication.Rejected;
import io.drawdown.kit.trace.RequestTrace;
import io.drawdown.kit.trace.Span;
import io.drawdown.kit.trace.SpanAttributes;
import io.drawdown.kit.trace.Spans;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.HttpUpgradeCheck.CheckResult;
import io.quarkus.websockets.next.HttpUpgradeCheck.HttpUpgradeContext;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The edge of all sockets of one kind: hands everything to the core, in order, on the core's thread. The endpoint of the
 * framework calls it.
 *
 * @param <C> what the core knows a client as
 * @param <O> the frames that go out
 */
public final class SocketEdge<C, O extends SocketFrame> {

    private static final Logger LOG = Logger.getLogger(SocketEdge.class);
    private static final int ABNORMAL = 1006;
    private static final int SWITCHING_PROTOCOLS = 101;

    private final TypedKey<ClientSocket<C, O>> key = new TypedKey<>("socket");
    private final String path;
    private final HandshakeTokens tokens;
    private final Core<C, O> core;
    private final Executor thread;
    private final Spans spans;

    /** What the core makes of sockets. */
    public interface Core<C, O extends SocketFrame> {

        /**
         * A socket is open. Called on the core's thread.
         *
         * @param identity null: the client has shown no token yet
         */
        C opened(SocketPort<O> socket, @Nullable Identity identity);

        /** The socket is closed. Called on the core's thread. */
        void closed(C client, int code);

        /** The frame that tells a problem. */
        O error(FrameProblem problem);
    }

    /**
     * An edge.
     *
     * @param path of the endpoint; what a client wrote instead may be anything that leads there
     * @param authenticator answers on any thread
     */
    public SocketEdge(String path, Authenticator authenticator, Core<C, O> core, Executor thread, Spans spans) {
        this.path = path;
        this.spans = spans;
        this.tokens = new HandshakeTokens(authenticator);
        this.core = core;
        this.thread = thread;
    }

    /** The handshake is good; the socket opens with what it says of the client. */
    public Uni<CheckResult> upgraded(HttpUpgradeContext handshake) {
        return tokens.of(handshake.httpRequest())
                .invoke(known -> handshake
                        .userData()
                        .put(key, new ClientSocket<>(known, upgradeTrace(handshake.httpRequest()), thread)))
                .chain(() -> CheckResult.permitUpgrade());
    }

    /** The handshake has a span of its own, which is over when the socket opens. */
    private @Nullable TraceContext upgradeTrace(HttpServerRequest handshake) {
        TraceContext caller = RequestTrace.of(handshake);
        if (!spans.isOn()) {
            return caller;
        }
        Span span = spans.start(Spans.Kind.SERVER, "GET " + path, caller)
                .with(SpanAttributes.METHOD, "GET")
                .with(SpanAttributes.ROUTE, path)
                .with(SpanAttributes.STATUS, SWITCHING_PROTOCOLS);
        span.end();
        return span.contextOr(caller);
    }

    public Uni<Void> opened(WebSocketConnection connection) {
        ClientSocket<C, O> socket = socketOf(connection);
        socket.opened(connection);
        Authentication known = socket.authentication();
        return switch (known) {
            case Authenticated(Identity identity) -> connect(socket, identity);
            case Anonymous _ -> connect(socket, null);
            case Rejected _ ->
                socket.dismiss(
                        core.error(FrameProblem.of(ProblemType.UNAUTHENTICATED, "the token is not valid")),
                        EndReason.UNAUTHENTICATED);
        };
    }

    private Uni<Void> connect(ClientSocket<C, O> socket, @Nullable Identity identity) {
        thread.execute(() -> socket.connect(core.opened(socket, identity)));
        return Uni.createFrom().voidItem();
    }

    /** Something arrived. */
    public Uni<Void> tell(WebSocketConnection connection, Consumer<C> event) {
        socketOf(connection).tell(event);
        return Uni.createFrom().voidItem();
    }

    /** A frame arrived. What the client asks for by it belongs to a span of its own, which is over when the core has taken it. */
    public Uni<Void> frame(WebSocketConnection connection, String name, Consumer<C> event) {
        ClientSocket<C, O> socket = socketOf(connection);
        Consumer<C> told = client -> {
            LOG.debugf("Frame received: frame=%s connection=%s", name, connection.id());
            event.accept(client);
        };
        socket.tell(spans.isOn() ? client -> socket.within(frameSpan(name, socket.trace()), told, client) : told);
        return Uni.createFrom().voidItem();
    }

    private Span frameSpan(String name, @Nullable TraceContext handshake) {
        return spans.start(Spans.Kind.SERVER, "frame " + name, handshake).with(SpanAttributes.FRAME, name);
    }

    public Uni<Void> closed(WebSocketConnection connection, @Nullable CloseReason reason) {
        int code = reason == null ? ABNORMAL : reason.getCode();
        return tell(connection, client -> core.closed(client, code));
    }

    /** A message beyond the limit leaves the socket open; any other fault is the network's and a close follows. */
    public Uni<Void> broken(WebSocketConnection connection, Throwable fault) {
        LOG.debugf("Socket broke: connection=%s fault=%s", connection.id(), fault);
        return fault instanceof IllegalStateException && connection.isOpen()
                ? connection.close(new CloseReason(EndReason.TOO_BIG.closeCode(), "too_big"))
                : Uni.createFrom().voidItem();
    }

    private ClientSocket<C, O> socketOf(WebSocketConnection connection) {
        return connection.userData().get(key);
    }
}
