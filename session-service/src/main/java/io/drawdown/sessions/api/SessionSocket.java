package io.drawdown.sessions.api;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.ProblemType;
import io.drawdown.sessions.SessionService;
import io.drawdown.sessions.SessionsCore;
import io.drawdown.sessions.connection.Connection;
import io.drawdown.sessions.connection.Identity;
import io.drawdown.sessions.connection.PendingConnection;
import io.drawdown.sessions.connection.PendingConnection.Visitor;
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
import java.util.function.Function;
import org.jboss.logging.Logger;

/** The socket of live sessions. Hands everything to the core, in order, on the core's thread. */
@WebSocket(path = SessionSocket.PATH)
public final class SessionSocket {

    static final String PATH = "/api/v1/live/sessions";

    private static final Logger LOG = Logger.getLogger(SessionSocket.class);
    private static final int ABNORMAL = 1006;

    private final SessionService service;

    SessionSocket(SessionService service) {
        this.service = service;
    }

    @OnOpen
    Uni<Void> opened(WebSocketConnection connection) {
        ClientSocket socket = new ClientSocket(connection, service.loop());
        PendingConnection pending = connection.userData().get(PendingConnection.KEY);
        return switch (pending.visitor()) {
            case Visitor.Known(Identity identity) -> connect(pending, core -> core.opened(socket, identity));
            case Visitor.Stranger stranger -> connect(pending, core -> core.opened(socket, null));
            case Visitor.Impostor impostor ->
                socket.dismiss(
                        Frame.Problem.of(ProblemType.UNAUTHENTICATED, "the token is not valid"),
                        EndReason.UNAUTHENTICATED);
        };
    }

    private Uni<Void> connect(PendingConnection pending, Function<SessionsCore, Connection> entry) {
        SessionsCore core = service.core();
        service.loop().execute(() -> pending.connect(entry.apply(core)));
        return Uni.createFrom().voidItem();
    }

    @OnTextMessage
    Uni<Void> said(String text, WebSocketConnection connection) {
        ClientFrame frame = FrameReader.read(text);
        return tell(connection, core -> core.frame(frame));
    }

    @OnBinaryMessage
    Uni<Void> said(Buffer bytes, WebSocketConnection connection) {
        ClientFrame frame = new ClientFrame.Unreadable(ProblemType.MALFORMED_JSON, "frames are text");
        return tell(connection, core -> core.frame(frame));
    }

    @OnPongMessage
    Uni<Void> pong(Buffer payload, WebSocketConnection connection) {
        return tell(connection, Connection::signOfLife);
    }

    @OnClose
    Uni<Void> closed(WebSocketConnection connection, CloseReason reason) {
        int code = reason == null ? ABNORMAL : reason.getCode();
        return tell(connection, core -> core.closed(code));
    }

    /** A message beyond the limit leaves the socket open; any other fault is the network's and a close follows. */
    @OnError
    Uni<Void> broken(WebSocketConnection connection, Throwable fault) {
        LOG.debugf("Socket broke: connection=%s fault=%s", connection.id(), fault);
        return fault instanceof IllegalStateException && connection.isOpen()
                ? connection.close(new CloseReason(EndReason.TOO_BIG.closeCode(), "too_big"))
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> tell(WebSocketConnection connection, Consumer<Connection> what) {
        PendingConnection pending = connection.userData().get(PendingConnection.KEY);
        service.loop().execute(() -> pending.tell(what));
        return Uni.createFrom().voidItem();
    }
}
