package io.drawdown.credits.decision;

import java.time.Duration;

/**
 * The numbers that the rules decide by.
 *
 * @param firstSlice what a session is funded for at its start
 * @param leastSlice and {@code greatestSlice}: the bounds of every later slice
 * @param grants at this many grants {@code GrantRoom} decides where a new grant goes, and whether it has room
 * @param holds at this many holds a start is refused
 * @param outbox entries that are not drained yet; new work waits at 3/4 of it
 */
public record AccountLimits(
        Duration firstSlice, Duration leastSlice, Duration greatestSlice, int grants, int holds, int outbox) {

    public static final AccountLimits DEFAULT =
            new AccountLimits(Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofSeconds(300), 512, 256, 256);

    /** A hold is overdue when nothing was heard of its session for this long after its funding ended. */
    public static final Duration OVERDUE_AFTER = Duration.ofSeconds(60);

    /** How long until an overdue hold is raised again. */
    public static final Duration OVERDUE_AGAIN = Duration.ofSeconds(30);

    /** At this multiple of the bound of the outbox all commands wait but payments and the ends of holds. */
    public static final int HARD = 4;
}
