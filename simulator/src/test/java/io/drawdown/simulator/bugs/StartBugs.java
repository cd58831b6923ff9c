package io.drawdown.simulator.bugs;

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

    /** After a top-up the key of a refused start is still refused, with the figures of then. */
    private static SeededBug rememberARefusal() {
        return SeededBug.of("remember a refused start", START, "case Unbegun unbegun -> takeUp(there);", """
                case Refused refused -> tellRefused(refused);
                case Starting starting -> takeUp(there);""");
    }

    /** A hold came after the refusal: it is given back by an event of which the session's document knows nothing. */
    private static SeededBug endARefusedStartBesideItsDocument() {
        return SeededBug.of(
                "end a refused start outside its document",
                "sessions.recovery.OverdueHolds",
                "case Refused _ -> abandon(document);",
                "case Refused _ -> outbox.repeat(document.abandon(time.now()).endedEvent());");
    }

    /** Whoever gets the key of a start that another began says that the other starts it, for as long as that takes. */
    private static SeededBug leaveAStartToWhoeverBeganIt() {
        return SeededBug.of(
                "leave a start to the instance that began it", START, "case Unbegun unbegun -> takeUp(there);", """
                case Starting starting when !isMine(there) -> giveUpForNow();
                case Unbegun unbegun -> takeUp(there);""");
    }

    /** The question for the first slice may have been heard: the client is told that nothing was begun. */
    private static SeededBug tellAnUnknownOutcomeAsUnavailable() {
        return SeededBug.of(
                "answer a start of unknown outcome as unavailable",
                "sessions.funding.FirstSlice",
                "mayBeHeld = was || !(fault instanceof Unavailable);",
                "mayBeHeld = was;");
    }

    /** It wakes when another instance has taken its start up, and runs the session all the same. */
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

    /** A start that is given up may come late, and holds credits of which nobody knows. */
    private static SeededBug giveUpWithoutFencing() {
        return SeededBug.of(
                "give up a start without fencing its key",
                "sessions.funding.CreditsClient",
                "return Uni.createFrom().deferred(() -> cancelStart(givenUp.id(), request));",
                "return Uni.createFrom().nullItem();");
    }
}
