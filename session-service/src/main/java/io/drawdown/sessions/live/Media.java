package io.drawdown.sessions.live;

import io.drawdown.contracts.EndReason;
import java.time.Duration;

/**
 * The port to what a client pays for. The owner of the session calls it on the core's thread, exactly when its meter
 * starts and stops to count, so that served and counted are the same seconds. It must return at once and not fail.
 *
 * <p>An owner alternates {@code serve} and {@code stop}, beginning with {@code serve}. A process that stands still or has
 * died delivers nothing, though nobody has called {@code stop}.
 */
public interface Media {

    /** From now on the client of this session is served. */
    void serve(String sessionId);

    /** What the owner of sessions hears of their media, on the core's thread. */
    interface Listener {
        /** Nothing can be delivered to the client: the session is paused until it flows again. */
        void stalled(String sessionId);

        void flowing(String sessionId);
    }

    /** Called once, before anybody is served. */
    default void listen(Listener listener) {}

    /** From now on it is not served. Does nothing if it was not. */
    void stop(String sessionId);

    /**
     * The client is told of the end of its session; nothing follows. Only who measures needs to know.
     *
     * @param sinceStop how long ago its media stopped
     */
    default void ended(String sessionId, EndReason reason, Duration sinceStop) {}
}
