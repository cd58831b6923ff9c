package io.drawdown.credits.testing;

/** What can befall one call of a port. */
public enum Fault {
    NONE,
    /** It did not happen. */
    UNAVAILABLE,
    /** It happened, the answer is lost. */
    UNKNOWN_DONE,
    /** It did not happen, and nobody knows. */
    UNKNOWN_NOT_DONE,
    /** It happens some time after its caller gave up. */
    UNKNOWN_LATER,
    /** Of a bulk: some of it happened, the answer is lost. */
    UNKNOWN_PARTLY,
    /** A guarded write finds another revision. */
    LOST_RACE,
    /** No answer, ever. */
    HANGS
}
