package io.drawdown.simulator.bugs;

import java.util.List;

/** Bugs that the simulator found in Drawdown, and finds often, put back where they were. */
final class FoundBugs {

    private FoundBugs() {}

    static List<SeededBug> all() {
        return List.of(serveBeforeTheLease(), serveOn(), lookByTheClockOnly());
    }

    /** What comes first after a stall is an answer or a frame, not the tick that notices: a zombie serves. */
    private static SeededBug serveBeforeTheLease() {
        return SeededBug.of(
                "serve after a stall before the lease is checked",
                "sessions.live.Phase",
                "return now.isLeaseUnchecked() ? new Stalled() : this;",
                "return this;");
    }

    /** The moment of silence is noticed at the next tick: up to half a second is served and not counted. */
    private static SeededBug serveOn() {
        return SeededBug.of(
                "notice the silence at the next tick",
                "sessions.live.LiveSession",
                "timer.setEarliest(this::evaluate, funds.lookAhead(meter), meter.untilSilence(), lifetime.untilNext(meter.tickedNanos()));",
                "timer.setEarliest(this::evaluate, funds.lookAhead(meter), lifetime.untilNext(meter.tickedNanos()));");
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
