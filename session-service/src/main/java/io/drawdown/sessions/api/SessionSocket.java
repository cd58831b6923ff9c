package io.drawdown.sessions.api;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.sessions.SessionsCore;
import io.drawdown.sessions.api.ClientSocket.Authentication.Anonymous;
import io.drawdown.sessions.api.ClientSocket.Authentication.Authenticated;
import io.drawdown.sessions.api.ClientSocket.Authentication.Rejected;
import io.drawdown.sessions.connection.ClientConnection;
import io.drawdown.sessions.connection.Identity;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.protocol.FrameReader;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnPongMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The socket of live sessions. Hands everything to the core, in order, on the core's thread. */
@WebSocket(path = SessionSocket.PATH)
public final class SessionSocket {

    static final String PATH = "/api/v1/live/sessions";

    private static final Logger LOG = Logger.getLogger(SessionSocket.class);
    private static final int ABNORMAL = 1006;

    private final SessionsCore core;
    private final CoreLoop loop;

    SessionSocket(SessionsCore core, CoreLoop loop) {
        this.core = core;
        this.loop = loop;
    }

    @OnOpen
    Uni<Void> opened(WebSocketConnection connection) {
        ClientSocket socket = socketOf(connection);
        socket.opened(connection);
        return switch (socket.authentication()) {
            case Authenticated(Identity identity) -> connect(socket, identity);
            case Anonymous _ -> connect(socket, null);
            case Rejected _ ->
                socket.dismiss(
                        Frame.Problem.of(ProblemType.UNAUTHENTICATED, "the token is not valid"),
                        EndReason.UNAUTHENTICATED);
        };
    }

    private Uni<Void> connect(ClientSocket socket, @Nullable Identity identity) {
        loop.execute(() -> socket.connect(core.opened(socket, identity)));
        return Uni.createFrom().voidItem();
    }

    @OnTextMessage
    Uni<Void> said(String text, WebSocketConnection connection) {
        ClientFrame frame = FrameReader.read(text);
        return tell(connection, client -> client.frame(frame));
    }

    @OnBinaryMessage
    Uni<Void> said(Buffer bytes, WebSocketConnection connection) {
        ClientFrame frame = new ClientFrame.Unreadable(ProblemType.MALFORMED_JSON, "frames are text");
        return tell(connection, client -> client.frame(frame));
    }

    @OnPongMessage
    Uni<Void> pong(Buffer payload, WebSocketConnection connection) {
        return tell(connection, ClientConnection::signOfLife);
    }

    @OnClose
    Uni<Void> closed(WebSocketConnection connection, CloseReason reason) {
        int code = reason == null ? ABNORMAL : reason.getCode();
        return tell(connection, client -> client.closed(code));
    }

    /** A message beyond the limit leaves the socket open; any other fault is the network's and a close follows. */
    @OnError
    Uni<Void> broken(WebSocketConnection connection, Throwable fault) {
        LOG.debugf("Socket broke: connection=%s fault=%s", connection.id(), fault);
        return fault instanceof IllegalStateException && connection.isOpen()
                ? connection.close(new CloseReason(EndReason.TOO_BIG.closeCode(), "too_big"))
                : Uni.createFrom().voidItem();
    }

    private static Uni<Void> tell(WebSocketConnection connection, Consumer<ClientConnection> event) {
        socketOf(connection).tell(event);
        return Uni.createFrom().voidItem();
    }

    private static ClientSocket socketOf(WebSocketConnection connection) {
        return connection.userData().get(ClientSocket.KEY);
    }
}
