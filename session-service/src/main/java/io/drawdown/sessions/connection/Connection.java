package io.drawdown.sessions.connection;

import io.drawdown.sessions.protocol.ClientFrame;

/** One client's socket as its edge feeds it in; every call on the core's thread, in the order of arrival. */
public interface Connection {

    /** A frame arrived; a sign of life too. */
    void frame(ClientFrame frame);

    /** A pong arrived, or anything else that only a living client sends. */
    void signOfLife();

    /** The socket is closed, by whomever; 1000 from the client ends its session, anything else lets it wait. */
    void closed(int code);
}
