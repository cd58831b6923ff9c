package io.drawdown.sessions.resume;

import io.drawdown.contracts.EndReason;
import io.drawdown.sessions.connection.ClientConnection;
import io.drawdown.sessions.connection.ConnectionListener;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.sessions.live.LiveSession;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.protocol.PauseWish;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client that waits for its session to go on, as long as its socket is there and it was told nothing else. */
final class ReturningClient implements ConnectionListener {

    private final ClientConnection connection;
    private boolean gone;
    private boolean endWanted;

    private ReturningClient(ClientConnection connection) {
        this.connection = connection;
    }

    /** From now on it hears what its connection does. */
    static ReturningClient of(ClientConnection connection) {
        ReturningClient client = new ReturningClient(connection);
        connection.bind(client);
        return client;
    }

    /** Whether it waits no longer. */
    boolean isGone() {
        return gone;
    }

    /**
     * The session is served here. It ends at once if that was wanted while the client waited.
     *
     * @param wanted why someone else wants it to end; null: nobody does
     */
    void goOn(LiveSession session, @Nullable EndReason wanted) {
        if (!gone) {
            gone = true;
            session.attach(connection, true);
        }
        EndReason reason = endWanted ? EndReason.USER : wanted;
        if (reason != null) {
            session.end(reason);
        }
    }

    void finish(Consumer<ClientConnection> lastWord) {
        if (!gone) {
            gone = true;
            lastWord.accept(connection);
        }
    }

    void tellEnded(SessionDocument document) {
        if (document.state() instanceof Ended ended) {
            finish(c -> c.finish(Frame.Ended.of(document.id(), ended), ended.reason()));
        }
    }

    void tellReplaced() {
        finish(c -> c.finish(new Frame.Replaced(), EndReason.REPLACED));
    }

    void tellRestarting() {
        finish(c -> c.finish(new Frame.Restarting(1), EndReason.RESTARTING));
    }

    @Override
    public void signOfLife() {}

    @Override
    public void endWanted(ClientConnection by, EndReason reason) {
        endWanted = true;
    }

    @Override
    public void pauseWanted(ClientConnection by, PauseWish wish) {
        ConnectionListener.NONE.pauseWanted(by, wish);
    }

    @Override
    public void detached(ClientConnection from, int closeCode) {
        gone = true;
        endWanted |= closeCode == EndReason.USER.closeCode();
    }
}
