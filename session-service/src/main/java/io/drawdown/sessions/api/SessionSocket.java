package io.drawdown.sessions.api;

import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.socket.SocketEdge;
import io.drawdown.sessions.connection.ClientConnection;
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

/** The socket of live sessions. */
@WebSocket(path = SessionSocket.PATH)
public final class SessionSocket {

    static final String PATH = "/api/v1/live/sessions";

    private final SocketEdge<ClientConnection, Frame> edge;

    SessionSocket(SessionHandshake handshake) {
        this.edge = handshake.edge();
    }

    @OnOpen
    Uni<Void> opened(WebSocketConnection connection) {
        return edge.opened(connection);
    }

    @OnTextMessage
    Uni<Void> said(String text, WebSocketConnection connection) {
        ClientFrame frame = FrameReader.read(text);
        return edge.frame(connection, frame.getClass().getSimpleName(), client -> client.frame(frame));
    }

    @OnBinaryMessage
    Uni<Void> said(Buffer bytes, WebSocketConnection connection) {
        ClientFrame frame = new ClientFrame.Unreadable(ProblemType.MALFORMED_JSON, "frames are text");
        return edge.tell(connection, client -> client.frame(frame));
    }

    @OnPongMessage
    Uni<Void> pong(Buffer payload, WebSocketConnection connection) {
        return edge.tell(connection, ClientConnection::signOfLife);
    }

    @OnClose
    Uni<Void> closed(WebSocketConnection connection, CloseReason reason) {
        return edge.closed(connection, reason);
    }

    @OnError
    Uni<Void> broken(WebSocketConnection connection, Throwable fault) {
        return edge.broken(connection, fault);
    }
}
