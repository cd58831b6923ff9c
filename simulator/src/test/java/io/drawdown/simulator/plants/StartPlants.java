package io.drawdown.simulator.plants;

import java.util.List;

/** Bugs of starts that are sent again. */
final class StartPlants {

    private static final String SESSIONS = "session-service/src/main/java/io/drawdown/sessions/sessions/";
    private static final String START = SESSIONS + "StartAttempt.java";

    private StartPlants() {}

    static List<Plant> all() {
        return List.of(
                rememberARefusal(),
                endARefusedStartBesideItsDocument(),
                leaveAStartToWhoeverBeganIt(),
                tellAnUnknownOutcomeAsUnavailable(),
                runWhatAnotherTookUp(),
                giveUpWithoutFencing());
    }

    /** After a top-up the key of a refused start is still refused, with the figures of then. */
    private static Plant rememberARefusal() {
        return Plant.of("remember a refusal", START, "case Unbegun unbegun -> takeUp(there);", """
                case Refused refused -> tellRefused(refused);
                case Starting starting -> takeUp(there);""");
    }

    /** A hold came after the refusal: it is given back by an event of which the session's document knows nothing. */
    private static Plant endARefusedStartBesideItsDocument() {
        return Plant.of(
                "end a refused start beside its document",
                SESSIONS + "AccountEvents.java",
                "case Refused _ -> abandon(document);",
                "case Refused _ -> outbox.repeat(document.abandon(now()).endedEvent());");
    }

    /** Whoever gets the key of a start that another began says that the other starts it, for as long as that takes. */
    private static Plant leaveAStartToWhoeverBeganIt() {
        return Plant.of(
                "leave a start to the instance that began it", START, "case Unbegun unbegun -> takeUp(there);", """
                case Starting starting when !isMine(there) -> giveUpForNow();
                case Unbegun unbegun -> takeUp(there);""");
    }

    /** The question for the first slice may have been heard: the client is told that nothing was begun. */
    private static Plant tellAnUnknownOutcomeAsUnavailable() {
        return Plant.of(
                "tell a start of unknown outcome as unavailable",
                SESSIONS + "FirstSlice.java",
                "mayBeHeld = was || !(fault instanceof Unavailable);",
                "mayBeHeld = was;");
    }

    /** It wakes when another instance has taken its start up, and runs the session all the same. */
    private static Plant runWhatAnotherTookUp() {
        return new Plant(
                "run a start that another took up",
                List.of(
                        new Edit(
                                START,
                                "now.state() instanceof Starting && isMine(now) ? rule.apply(now) : null;",
                                "now.state() instanceof Starting ? rule.apply(now) : null;"),
                        new Edit(
                                START,
                                "if (stored.state() instanceof Running && isMine(stored)) {",
                                "if (stored.state() instanceof Running) {")));
    }

    /** A start that is given up may come late, and holds credits of which nobody knows. */
    private static Plant giveUpWithoutFencing() {
        return Plant.of(
                "give up a start without fencing its key",
                SESSIONS + "Owning.java",
                "return Uni.createFrom().deferred(() -> credits.cancelStart(givenUp.id(), request));",
                "return Uni.createFrom().nullItem();");
    }
}
