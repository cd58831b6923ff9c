package io.drawdown.sessions.protocol;

/** What is wanted of a session's pause. */
public enum PauseWish {
    /** Neither served nor charged until it goes on; its credits stay held. */
    PAUSE,
    /** The same, and what it holds and does not use is given back. */
    RELEASE,
    /** The pause is over. */
    GO_ON;

    public boolean isPaused() {
        return this != GO_ON;
    }

    public boolean isReleased() {
        return this == RELEASE;
    }

    /** Whether a session that stands so is not yet as it is wanted. */
    public boolean changes(boolean isPausedNow, boolean isReleasedNow) {
        return isPausedNow != isPaused() || (isReleased() && !isReleasedNow);
    }
}
