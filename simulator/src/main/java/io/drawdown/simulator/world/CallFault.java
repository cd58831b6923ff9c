package io.drawdown.simulator.world;

/** What can go wrong with one call over a {@link Link}. */
public enum CallFault {
    /** The call arrives and is answered. */
    NONE,
    /** The call never arrives, and its caller learns this at once. */
    REFUSED,
    /** The call never arrives, and its caller waits until it gives up. */
    REQUEST_LOST,
    /** The call takes effect, but the answer does not come back. */
    ANSWER_LOST,
    /** The call arrives and takes effect after its caller gave up. */
    LATE,
    /** The call arrives, and the primary that applied it fails before a majority has it. */
    ROLLED_BACK,
    /** A former primary or a cache answers with what was true before. */
    STALE,
    /** One write of a bulk loses a race to another process. */
    LOST_RACE,
    /** The call takes long to arrive, but arrives before its caller gives up. */
    SLOW,
    /** The call takes effect at once, but the answer takes long and is old when it arrives. */
    SLOW_ANSWER,
    /** The call arrives a second time later; the caller gets only the first answer. */
    TWICE
}
