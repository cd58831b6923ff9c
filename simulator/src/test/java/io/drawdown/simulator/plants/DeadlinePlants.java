package io.drawdown.simulator.plants;

import java.util.List;

/** Bugs by which an old request acts. */
final class DeadlinePlants {

    private DeadlinePlants() {}

    static List<Plant> all() {
        return List.of(forgetTheDeadline(), obeyAfterAStandstill());
    }

    /** The deadline is looked at when the request comes, and not when its write is handed over. */
    private static Plant forgetTheDeadline() {
        return Plant.of(
                "hand a write over after the deadline of its request",
                "credits-service/src/main/java/io/drawdown/credits/accounts/Work.java",
                "return deadline.hasPassed(time);",
                "return new Deadline(deadline.byNanos(), null).hasPassed(time);");
    }

    /** The client has given up, and was refused elsewhere; the process wakes and carries out what waited in the socket. */
    private static Plant obeyAfterAStandstill() {
        return Plant.of(
                "carry out what arrived during a standstill",
                "simulator/src/main/java/io/drawdown/simulator/credits/CreditsHost.java",
                "if (process().wokeNanos(LONGEST_GAP) > arrived) {",
                "if (arrived < 0) {");
    }
}
