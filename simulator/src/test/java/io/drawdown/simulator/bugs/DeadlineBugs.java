package io.drawdown.simulator.bugs;

import io.drawdown.simulator.bugs.overlay.SeededBug;
import java.util.List;

/** Bugs that carry out an old request. */
final class DeadlineBugs {

    private DeadlineBugs() {}

    static List<SeededBug> all() {
        return List.of(forgetTheDeadline(), obeyAfterAStall());
    }

    /** The deadline is checked when the request arrives, but not when its write is handed over. */
    private static SeededBug forgetTheDeadline() {
        return SeededBug.of(
                "hand a write over after the deadline of its request",
                "credits.commit.PendingCommand",
                "return deadline.hasPassed(time);",
                "return new Deadline(deadline.byNanos(), null).hasPassed(time);");
    }

    /**
     * The client has given up or was refused elsewhere; the process wakes and carries out a request that waited in the
     * socket.
     */
    private static SeededBug obeyAfterAStall() {
        return SeededBug.of(
                "carry out requests that arrived during a stall",
                "simulator.credits.CreditsHost",
                "if (process().wokeNanos(LONGEST_GAP) > arrived) {",
                "if (arrived < 0) {");
    }
}
