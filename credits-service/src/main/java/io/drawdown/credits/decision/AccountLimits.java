package io.drawdown.credits.decision;

import java.time.Duration;

/**
 * The numbers that the rules decide by.
 *
 * @param firstSlice what a session is funded for at its start
 * @param leastSlice and {@code greatestSlice}: the bounds of every later slice
 * @param grants from so many on {@code GrantRoom} decides where a new grant goes, and whether it has room
 * @param holds beyond so many a start is refused
 * @param ring recent keys that are kept, as far as their entries are drained
 * @param outbox entries that may wait; new work is refused at three quarters of it, as it is of the ring
 */
public record AccountLimits(
        Duration firstSlice, Duration leastSlice, Duration greatestSlice, int grants, int holds, int ring, int outbox) {

    public static final AccountLimits DEFAULT = new AccountLimits(
            Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofSeconds(300), 512, 256, 64, 256);

    /** How long after the end of its funding a hold is overdue of which nothing was heard. */
    public static final Duration SILENCE = Duration.ofSeconds(60);

    /** How long until an overdue hold is raised again. */
    public static final Duration OVERDUE_AGAIN = Duration.ofSeconds(30);

    /** Beyond so many times a bound even what is never refused for a full array has to wait. */
    public static final int HARD = 4;
}
