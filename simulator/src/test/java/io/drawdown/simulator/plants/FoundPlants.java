package io.drawdown.simulator.plants;

import java.util.List;

/** Bugs that the simulator found in Drawdown, and finds often, put back where they were. */
final class FoundPlants {

    private static final String SESSIONS = "session-service/src/main/java/io/drawdown/sessions/sessions/";

    private FoundPlants() {}

    static List<Plant> all() {
        return List.of(serveBeforeTheLease(), serveOn(), lookByTheClockOnly());
    }

    /** What comes first after a standstill is an answer or a frame, not the tick that notices: a zombie serves. */
    private static Plant serveBeforeTheLease() {
        return Plant.of(
                "serve after a standstill before the lease is checked",
                SESSIONS + "LiveSession.java",
                "case Serving() when isUnleased -> pause();",
                "");
    }

    /** The moment of silence is noticed at the next tick: up to half a second is served and not counted. */
    private static Plant serveOn() {
        return Plant.of(
                "notice the silence at the next tick",
                SESSIONS + "LiveSession.java",
                "alarm.set(funds.lookAhead(meter), meter.untilSilence(now()), lifetime.untilNext(now()));",
                "alarm.set(funds.lookAhead(meter), lifetime.untilNext(now()));");
    }

    /** The database's clock was set forward: heartbeats of a moment ago seem too old to be a proof. */
    private static Plant lookByTheClockOnly() {
        return Plant.of(
                "look for proofs by the clock only",
                "simulator/src/main/java/io/drawdown/simulator/sessions/SimulatedHeartbeats.java",
                "(i >= latest || times.get(i) >= fromNanos)",
                "times.get(i) >= fromNanos");
    }
}
