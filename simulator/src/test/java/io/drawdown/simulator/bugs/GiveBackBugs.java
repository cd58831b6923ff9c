package io.drawdown.simulator.bugs;

import io.drawdown.simulator.bugs.overlay.Edit;
import io.drawdown.simulator.bugs.overlay.SeededBug;
import java.util.List;

/** Bugs of what owners give back of their slices. */
final class GiveBackBugs {

    private static final String NEXT = "return hold.cutTo(funded, left);";
    private static final String CUT_TO =
            "return new Hold(id, epoch, left, rate, usedMillis, funded, charged, overdueAt, cut + 1);";

    private GiveBackBugs() {}

    static List<SeededBug> all() {
        return List.of(
                withoutACut(), obeyOldFunding(), lowerTooLate(), raiseAnEpoch(), refuseWhatIsHeld(), askAtOnce());
    }

    /** A request that is sent again takes back what was funded since. */
    private static SeededBug withoutACut() {
        return new SeededBug(
                "give back without a cut",
                List.of(
                        new Edit("credits.rules.GiveBacks", """
                            if (given.cut() != hold.cut() + 1) {
                                return Holds.answer(draft, Outcome.FUNDED, present);
                            }\
                            """, ""),
                        new Edit("credits.account.Hold", CUT_TO, CUT_TO.replace("cut + 1", "cut"))));
    }

    /** An answer or event from before the give-back raises the limit again. */
    private static SeededBug obeyOldFunding() {
        return SeededBug.of(
                "obey funding from before a give-back",
                "sessions.live.Limit",
                "return cut < other.cut || (cut == other.cut && fundedMillis < other.fundedMillis);",
                "return fundedMillis < other.fundedMillis || (cut < other.cut && fundedMillis == other.fundedMillis);");
    }

    /** The request is carried out before its owner has stopped. */
    private static SeededBug lowerTooLate() {
        return SeededBug.of(
                "lower the limit after the give-back", "sessions.live.GiveBack", "session.fund(lowered);", "");
    }

    /** The hold gets an epoch that the session's document does not know. */
    private static SeededBug raiseAnEpoch() {
        return SeededBug.of(
                "raise an epoch for a give-back, in the hold only",
                "credits.rules.GiveBacks",
                NEXT,
                NEXT.replace("left);", "left).withEpoch(hold.epoch() + 1);"));
    }

    /** Each that is short asks, however lately others were. */
    private static SeededBug askAtOnce() {
        return SeededBug.of(
                "ask owners without a pause",
                "credits.rules.Shortage",
                "if (untilAsk.isPositive()) {",
                "if (untilAsk.isPositive() && required.isZero()) {");
    }

    /** Whoever comes second is refused, although the first does not use what it holds. */
    private static SeededBug refuseWhatIsHeld() {
        return SeededBug.of(
                "refuse what is only held",
                "credits.rules.Shortage",
                "if (!draft.turn().mayWait() || !isCovered(draft, required, others)) {",
                "if (required.isPositive()) {");
    }
}
