package io.drawdown.kit.socket;

import io.drawdown.contracts.TraceContext;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/**
 * The port to one client's socket. One frame is sent at a time.
 *
 * @param <O> the frames that go out
 */
public interface SocketPort<O extends SocketFrame> {

    /** Completes on the core's thread when the network has taken the frame; fails if the socket is broken or closed. */
    Uni<Void> send(O frame);

    /** The context of the request that opened it: what its client asks for belongs to that. Null if it has none. */
    @Nullable
    TraceContext trace();

    /** Closes it; does nothing if it is closed. The core hears of it by {@link SocketClient#closed}. */
    void close(int code, String reason);
}
