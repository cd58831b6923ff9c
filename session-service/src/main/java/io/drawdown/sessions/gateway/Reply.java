package io.drawdown.sessions.gateway;

import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState.Refused;

/** What a gateway is answered. */
public sealed interface Reply {

    /**
     * The session as it is stored.
     *
     * @param isNew whether this very request began it
     */
    record Stands(SessionDocument session, boolean isNew) implements Reply {}

    /** The start was refused: nothing is held, and the same key may be sent again. */
    record NotBegun(Refused why) implements Reply {}

    /** The start key was used for another start. */
    record KeyReused() implements Reply {}

    /** There is no session with this id that has begun. */
    record Unknown() implements Reply {}

    /** A session with a socket: its owner counts what it serves. */
    record OfSocket() implements Reply {}
}
