package io.drawdown.sessions.live;

/**
 * The port to what a client pays for. Called on the core's thread by the owner of the session exactly when its meter
 * starts and stops to count, so that served and counted are the same seconds; must return at once and not fail.
 *
 * <p>An owner alternates {@code serve} and {@code stop}, beginning with {@code serve}. A process that stands still
 * delivers nothing, though nobody has called {@code stop}; nor does one that has died.
 */
public interface Media {

    /** From now on the client of this session is served. */
    void serve(String sessionId);

    /** From now on it is not; does nothing if it was not. */
    void stop(String sessionId);
}
