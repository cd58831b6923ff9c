package io.drawdown.simulator.bugs;

import io.drawdown.simulator.bugs.overlay.Edit;
import io.drawdown.simulator.bugs.overlay.SeededBug;
import java.util.List;

/** Bugs of starts that are sent again. */
final class StartBugs {

    private static final String START = "sessions.start.StartAttempt";

    private StartBugs() {}

    static List<SeededBug> all() {
        return List.of(
                rememberARefusal(),
                endARefusedStartBesideItsDocument(),
                leaveAStartToWhoeverBeganIt(),
                tellAnUnknownOutcomeAsUnavailable(),
                runWhatAnotherTookUp(),
                giveUpWithoutFencing());
    }

    /** After a top-up the key of a refused start is still refused, with the old figures. */
    private static SeededBug rememberARefusal() {
        return SeededBug.of("remember a refused start", START, "case Unbegun unbegun -> takeUp(there);", """
                case Refused refused -> tellRefused(refused);
                case Starting starting -> takeUp(there);""");
    }

    /** A hold came after the refusal, and an event that is not in the session's document releases it. */
    private static SeededBug endARefusedStartBesideItsDocument() {
        return SeededBug.of(
                "end a refused start outside its document",
                "sessions.recovery.OverdueHolds",
                "case Refused _ -> abandon(document);",
                "case Refused _ -> outbox.repeatEnd(document.abandon(time.now()));");
    }

    /** An instance that gets the key of a start that another instance began only answers that the other one starts it. */
    private static SeededBug leaveAStartToWhoeverBeganIt() {
        return SeededBug.of(
                "leave a start to the instance that began it", START, "case Unbegun unbegun -> takeUp(there);", """
                case Starting starting when !isMine(there) -> giveUpForNow();
                case Unbegun unbegun -> takeUp(there);""");
    }

    /** credits-service may have got the request for the first slice, but the client is told that nothing began. */
    private static SeededBug tellAnUnknownOutcomeAsUnavailable() {
        return SeededBug.of(
                "answer a start of unknown outcome as unavailable",
                "sessions.funding.FirstSlice",
                "mayBeHeld = was || !(fault instanceof Unavailable);",
                "mayBeHeld = was;");
    }

    /** The instance wakes after another one has taken up its start, and runs the session too. */
    private static SeededBug runWhatAnotherTookUp() {
        return new SeededBug(
                "run a start that another instance took up",
                List.of(
                        new Edit(
                                START,
                                "current.state() instanceof Starting && isMine(current) ? rule.apply(current, now) : null;",
                                "current.state() instanceof Starting ? rule.apply(current, now) : null;"),
                        new Edit(
                                START,
                                "if (stored.state() instanceof Running && isMine(stored)) {",
                                "if (stored.state() instanceof Running) {")));
    }

    /** A start that was given up may arrive late and hold credits that nobody releases. */
    private static SeededBug giveUpWithoutFencing() {
        return SeededBug.of(
                "give up a start without fencing its key",
                "sessions.funding.CreditsClient",
                "return Uni.createFrom().deferred(() -> cancelStart(givenUp.id(), request));",
                "return Uni.createFrom().nullItem();");
    }
}
