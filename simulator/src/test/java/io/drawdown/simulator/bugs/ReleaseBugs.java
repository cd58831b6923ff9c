package io.drawdown.simulator.bugs;

import io.drawdown.simulator.bugs.overlay.SeededBug;
import java.util.List;

/** Bugs of the release of a session's hold. */
final class ReleaseBugs {

    private ReleaseBugs() {}

    static List<SeededBug> all() {
        return List.of(
                releaseAtAnyEpoch(),
                releaseBeforeTheEndIsStored(),
                waitForTheEvent(),
                releaseWithoutAVoidRow(),
                answerARepeatedReleaseFromTheDocument(),
                tellTheCostBeforeTheLastSettlement());
    }

    /** A former owner releases the hold of the living owner. */
    private static SeededBug releaseAtAnyEpoch() {
        return SeededBug.of("release at any epoch", "credits.rules.HoldReleases", """
                if (command.epoch() < present.get().epoch()) {
                    return Holds.answer(draft, Outcome.STALE, present);
                }""", "");
    }

    /** The store refuses the end because another instance owns the session, but the hold is already released. */
    private static SeededBug releaseBeforeTheEndIsStored() {
        return SeededBug.of(
                "release before the end is stored", "sessions.live.FinalWrite", "Instant at = time.now();", """
                Instant at = time.now();
                releases.release(seen.end(end.reason(), end.usedMillis(), at)).subscribe().with(early -> {});""");
    }

    /** While the broker is away or slow, ended sessions hold credits that others need. */
    private static SeededBug waitForTheEvent() {
        return SeededBug.of("release only on the event", "sessions.funding.Releases", "release.ask();", "");
    }

    /** A start that is still on its way holds credits for a session that has ended. */
    private static SeededBug releaseWithoutAVoidRow() {
        return SeededBug.of(
                "release without a void row",
                "credits.rules.HoldReleases",
                "draft.changed(answer(command, Cancellations.voided(draft, startKey, command.cause())))",
                "draft.unchanged(answer(command, Cancellations.voided(draft, startKey, command.cause())))");
    }

    /** A repeated release is answered with the present money instead of that right after the release. */
    private static SeededBug answerARepeatedReleaseFromTheDocument() {
        return SeededBug.of(
                "answer a repeated release from the document",
                "credits.rules.HoldReleases",
                "return Keys.repeated(draft, command.key(), row -> answer(command, row))",
                """
                return Keys.repeated(draft, command.key(), row -> answer(command, row))
                        .map(again -> draft.unchanged(answer(Outcome.RELEASED, draft.viewBefore(), null)))""");
    }

    /** The end at the last credit does not wait, and states the cost before the last increment was settled. */
    private static SeededBug tellTheCostBeforeTheLastSettlement() {
        return SeededBug.of(
                "tell the cost before the last settlement",
                "sessions.live.Funds",
                "return settled.usedMillis() == totalMillis ? Bill.of(settled.charged(), money()) : null;",
                "return Bill.of(settled.charged().minus(settled.rate().price()), money());");
    }
}
