package io.drawdown.sessions.connection;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.ProblemType;
import io.drawdown.sessions.protocol.PauseWish;

/** What a connection is bound to, and hears what its client does: a live session, or the start of one. */
public interface ConnectionListener {

    /** For a connection whose session is being looked up: whatever is found, the connection ends with it. */
    ConnectionListener NONE = new ConnectionListener() {
        @Override
        public void signOfLife() {}

        @Override
        public void endWanted(ClientConnection by, EndReason reason) {}

        @Override
        public void pauseWanted(ClientConnection by, PauseWish wish) {
            by.error(ProblemType.INVALID_REQUEST, "the session does not run yet");
        }

        @Override
        public void detached(ClientConnection from, int closeCode) {}
    };

    /** The client lives. */
    void signOfLife();

    /** The client wants the session to end, or is too slow to go on. */
    void endWanted(ClientConnection by, EndReason reason);

    /** The client wants the session to be paused, or to go on. */
    void pauseWanted(ClientConnection by, PauseWish wish);

    /** Nothing goes over this connection any more. */
    void detached(ClientConnection from, int closeCode);
}
