package io.drawdown.simulator.plants;

import java.util.List;

/** Bugs of the release of a session's hold. */
final class ReleasePlants {

    private static final String ACCOUNTS = "credits-service/src/main/java/io/drawdown/credits/accounts/";
    private static final String SESSIONS = "session-service/src/main/java/io/drawdown/sessions/sessions/";

    private ReleasePlants() {}

    static List<Plant> all() {
        return List.of(
                releaseAtAnyEpoch(),
                releaseBeforeTheEndIsStored(),
                waitForTheEvent(),
                releaseWithoutAVoidRow(),
                answerARepeatedReleaseFromTheDocument(),
                tellTheCostBeforeTheLastSettlement());
    }

    /** A former owner takes the hold of a living one away. */
    private static Plant releaseAtAnyEpoch() {
        return Plant.of("release at any epoch", ACCOUNTS + "Holds.java", """
                if (command.epoch() < present.get().epoch()) {
                    return answer(draft, Outcome.STALE, present);
                }""", "");
    }

    /** The store says no, another one has the session, and its hold is gone. */
    private static Plant releaseBeforeTheEndIsStored() {
        return Plant.of(
                "release before the end is stored", SESSIONS + "Ending.java", "Owner owner = seen.owner();", """
                Owner owner = seen.owner();
                owning.releases().release(seen.end(reason, usedMillis, at)).subscribe().with(early -> {});""");
    }

    /** While the broker is away, or slow, ended sessions lock what others need. */
    private static Plant waitForTheEvent() {
        return Plant.of("wait for the event", SESSIONS + "Releases.java", "release.ask();", "");
    }

    /** The start that is still on its way locks credits for a session that is over. */
    private static Plant releaseWithoutAVoidRow() {
        return Plant.of(
                "release without a void row",
                ACCOUNTS + "Releases.java",
                "draft.changed(new Reply.Posted(Cancellations.voided(draft, startKey, command.cause()), false))",
                "draft.unchanged(new Reply.Posted(Cancellations.voided(draft, startKey, command.cause()), false))");
    }

    /** Who asks again is told the money of now as that of the release. */
    private static Plant answerARepeatedReleaseFromTheDocument() {
        return Plant.of(
                "answer a repeated release from the document",
                ACCOUNTS + "Releases.java",
                "return Keys.repeated(draft, command.key())",
                """
                return Keys.repeated(draft, command.key())
                        .map(again -> draft.unchanged(new Reply.Funded(new io.drawdown.contracts.Funding.Answer(
                                io.drawdown.contracts.Funding.Outcome.RELEASED, draft.viewBefore(), null, null, null))))""");
    }

    /** The end at the last credit waits for nothing, and tells what was settled before the last increment. */
    private static Plant tellTheCostBeforeTheLastSettlement() {
        return Plant.of(
                "tell the cost before the last settlement",
                SESSIONS + "Funds.java",
                "return settled.usedMillis() == totalMillis ? Bill.of(settled.charged(), money()) : null;",
                "return Bill.of(settled.charged().minus(settled.rate().price()), money());");
    }
}
