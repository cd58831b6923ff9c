package io.drawdown.simulator.bugs;

import io.drawdown.simulator.bugs.overlay.SeededBug;
import java.util.List;

/** Bugs that the simulator found in Drawdown, seeded again where they were. */
final class FoundBugs {

    private FoundBugs() {}

    static List<SeededBug> all() {
        return List.of(serveBeforeTheLease(), serveOn(), lookByTheClockOnly());
    }

    /** After a stall an answer or a frame comes before the tick that checks the lease: a fenced owner serves. */
    private static SeededBug serveBeforeTheLease() {
        return SeededBug.of(
                "serve after a stall before the lease is checked",
                "sessions.live.Phase",
                "return now.isLeaseUnchecked() ? new Stalled() : this;",
                "return this;");
    }

    /** The owner notices the client's silence only at the next tick: up to half a second is served and not counted. */
    private static SeededBug serveOn() {
        return SeededBug.of(
                "notice the silence at the next tick",
                "sessions.live.MediaControl",
                "timer.setEarliest(evaluate, funds.untilNextLook(meter), meter.untilSilence(), untilLastMoment(meter));",
                "timer.setEarliest(evaluate, funds.untilNextLook(meter), untilLastMoment(meter));");
    }

    /** The database's clock was set forward: heartbeats of a moment ago seem too old to be a proof. */
    private static SeededBug lookByTheClockOnly() {
        return SeededBug.of(
                "look for proofs by the clock only",
                "simulator.sessions.stores.SimulatedHeartbeats",
                "(i >= latest || times.get(i) >= fromNanos)",
                "times.get(i) >= fromNanos");
    }
}
