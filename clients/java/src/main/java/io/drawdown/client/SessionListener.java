package io.drawdown.client;

/**
 * Hears of one session, one call at a time, on the client's loop; it must not block. The calls come in the order in which
 * things happened.
 */
public interface SessionListener {

    /** How the client is connected. */
    enum State {
        CONNECTING,
        /** The session goes on over a socket. */
        LIVE,
        /** The socket is lost; the client tries again after a while. */
        WAITING,
        OVER
    }

    /** Every frame as it comes, but for a {@code balance} that is older than money that was told before. */
    void onFrame(Frame frame);

    /** The balance, whatever frame told it. The {@code seq} only rises. */
    default void onMoney(Money money) {}

    default void onState(State state) {}
}
