package io.drawdown.simulator.bugs;

import io.drawdown.simulator.bugs.overlay.SeededBug;
import java.util.List;

/** Bugs of the end of sessions that nobody serves. */
final class ReaperBugs {

    private static final String OWNERS = "sessions.recovery.LostOwners";
    private static final String REAPER = "sessions.recovery.Reaper";
    private static final String UNOWNED = "sessions.recovery.UnownedSessions";

    private ReaperBugs() {}

    static List<SeededBug> all() {
        return List.of(
                reapOnSilenceOfTheBroker(),
                reapByUsed(),
                reapBeforeTheFence(),
                reapAtTheEndOfTheLease(),
                endBeforeTheGracePeriod(),
                takeAtOnce(),
                takeWithoutAProof());
    }

    /** The owner would have written the end, at its exact total. */
    private static SeededBug takeAtOnce() {
        return SeededBug.of(
                "take a session from its owner as soon as its end is wanted",
                "sessions.recovery.UnansweredEnds",
                "return wait != null && waits.isOver(wait, PATIENCE);",
                "return wait != null;");
    }

    /** What was served since the last settlement is not charged, although it was heard. */
    private static SeededBug takeWithoutAProof() {
        return SeededBug.of(
                "end a session whose owner does not answer without its heartbeats",
                "sessions.recovery.UnansweredEnds",
                "takeover.takeOver(self, session, known.orElse(null))",
                "takeover.takeOver(self, session, null)");
    }

    /** The broker did not answer, so no proof was found: the session ends at what was settled. */
    private static SeededBug reapOnSilenceOfTheBroker() {
        return SeededBug.of(
                "reap on silence of the broker",
                OWNERS,
                "return hear(from, sessions).map(heard -> heard.beatOf(owner) > beat ? begin(owner, heard) : lost",
                """
                return hear(from, sessions)
                        .onFailure()
                        .recoverWithItem(new Heard(List.of(), java.util.Map.of()))
                        .map(heard -> heard.beatOf(owner) > beat ? begin(owner, heard) : lost\
                """);
    }

    /** Sessions that wait use nothing, so their owner seems dead though it beats. */
    private static SeededBug reapByUsed() {
        return SeededBug.of(
                "reap by used time instead of beats",
                "sessions.recovery.HeartbeatHistory",
                "beats.merge(heartbeat.incarnation(), heartbeat.beat(), Math::max);",
                """
                beats.merge(
                        heartbeat.incarnation(),
                        heartbeat.readings().stream().mapToLong(MeterReading::usedMillis).sum(),
                        Math::max);\
                """);
    }

    /** The owner wakes, or reaches the database again, and serves on. */
    private static SeededBug reapBeforeTheFence() {
        return SeededBug.of(
                "reap before the fence",
                OWNERS,
                "return leases.look(owner).chain(liveness -> switch (liveness) {",
                """
                Uni<Liveness> looked = Uni.createFrom().item(new Liveness.Fenced(earliest(sessions)));
                return looked.chain(liveness -> switch (liveness) {\
                """);
    }

    /** The client of a lost owner is on its way to another instance, and finds its session ended. */
    private static SeededBug reapAtTheEndOfTheLease() {
        return SeededBug.of(
                "reap at the end of the lease",
                REAPER,
                "settings.gracePeriod().plus(isMine ? Duration.ZERO : current.team.delay(owner));",
                "Duration.ZERO;");
    }

    /** The client of a stopped instance is on its way to another one, and finds its session ended. */
    private static SeededBug endBeforeTheGracePeriod() {
        return SeededBug.of(
                "end a session that was handed over before its grace period is over",
                UNOWNED,
                "return silence != null && silences.isOver(silence, wait);",
                "return true;");
    }
}
