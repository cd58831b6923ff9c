package io.drawdown.sessions.api;

import io.drawdown.contracts.EndReason;
import io.drawdown.kit.json.Json;
import io.drawdown.sessions.connection.SocketPort;
import io.drawdown.sessions.protocol.Frame;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import java.util.Locale;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/** From the core to one client's socket. */
final class ClientSocket implements SocketPort {

    private static final Logger LOG = Logger.getLogger(ClientSocket.class);

    private final WebSocketConnection socket;
    private final Executor core;

    /** @param core where answers arrive */
    ClientSocket(WebSocketConnection socket, Executor core) {
        this.socket = socket;
        this.core = core;
    }

    @Override
    public Uni<Void> send(Frame frame) {
        return socket.sendText(Json.text(frame)).emitOn(core);
    }

    @Override
    public void close(int code, String reason) {
        socket.close(new CloseReason(code, reason))
                .subscribe()
                .with(done -> {}, fault -> LOG.debugf("Socket was closed before: connection=%s", socket.id()));
    }

    /** For one whom the core never hears of. */
    Uni<Void> dismiss(Frame.Problem problem, EndReason reason) {
        CloseReason close = new CloseReason(reason.closeCode(), reason.name().toLowerCase(Locale.ROOT));
        return socket.sendText(Json.text(new Frame.Error(problem))).chain(() -> socket.close(close));
    }
}
