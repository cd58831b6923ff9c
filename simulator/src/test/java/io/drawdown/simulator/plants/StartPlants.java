package io.drawdown.simulator.plants;

import java.util.List;

/** Bugs of starts that are sent again. */
final class StartPlants {

    private static final String SESSIONS = "session-service/src/main/java/io/drawdown/sessions/sessions/";
    private static final String START = SESSIONS + "StartAttempt.java";

    private StartPlants() {}

    static List<Plant> all() {
        return List.of(rememberARefusal(), endARefusedStartBesideItsDocument());
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
}
