package io.drawdown.kit.socket;

/** A frame that goes out over a socket. On the wire: a JSON object in snake_case with the field {@code type}. */
public interface SocketFrame {

    /** Frames with the same slot replace each other: the later one says all that matters. */
    default Object slot() {
        return getClass();
    }
}
