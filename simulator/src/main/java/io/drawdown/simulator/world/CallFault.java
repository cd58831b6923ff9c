package io.drawdown.simulator.world;

/** What befalls one call over a {@link Link}. */
public enum CallFault {
    /** It arrives, it is answered. */
    NONE,
    /** It never arrives, and its caller learns that at once. */
    REFUSED,
    /** It never arrives; its caller waits in vain. */
    REQUEST_LOST,
    /** It happens, the answer does not come back. */
    ANSWER_LOST,
    /** It arrives after its caller gave up, and happens then. */
    LATE,
    /** It arrives, and the database that acknowledged it falls over before a majority has it. */
    ROLLED_BACK,
    /** It is answered by one who was the primary, or from a cache: with what was true before. */
    STALE,
    /** Of a bulk, one write finds that somebody else was faster. */
    LOST_RACE,
    /** It takes long to arrive, yet comes through in time. */
    SLOW,
    /** It happens at once, the answer takes long: it is old when it is heard. */
    SLOW_ANSWER,
    /** It arrives a second time, later; the one who asked hears the first answer only. */
    TWICE
}
