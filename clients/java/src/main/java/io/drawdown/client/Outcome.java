package io.drawdown.client;

import org.jspecify.annotations.Nullable;

/**
 * How it came that the client is done.
 *
 * @param closeCode of the last socket; 1006 if it broke
 * @param last the frame {@code ended} or {@code refused}, if there was one
 */
public record Outcome(Kind kind, int closeCode, @Nullable Frame last) {

    /** What is known of the session. */
    public enum Kind {
        /** It has ended. */
        ENDED,
        /** It did not begin, or does not go on. */
        REFUSED,
        /** The service closed the socket for a reason that a new one would not change; {@code docs/problems.md} lists them. */
        CLOSED,
        /** The service was away for longer than the client tries. The session may still run. */
        LOST,
        /** {@link LiveSession#detach()} was called. The session runs until its grace period is over. */
        DETACHED
    }
}
