package io.drawdown.sessions.connection;

import io.drawdown.contracts.TraceContext;
import io.drawdown.sessions.protocol.Frame;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/** The port to one client's socket. The core sends one frame at a time. */
public interface SocketPort {

    /** Completes on the core's thread when the network has taken the frame; fails if the socket is broken or closed. */
    Uni<Void> send(Frame frame);

    /** The context of the request that opened it: what its client asks for belongs to that. Null if it has none. */
    @Nullable
    TraceContext trace();

    /** Closes it; does nothing if it is closed. The core hears of it by {@link ClientConnection#closed}. */
    void close(int code, String reason);
}
