package io.drawdown.sessions.live;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.ProblemType;
import io.drawdown.sessions.connection.ClientConnection;
import io.drawdown.sessions.connection.ConnectionListener;
import io.drawdown.sessions.protocol.PauseCause;
import io.drawdown.sessions.protocol.PauseWish;

/** What the client of a live session does. Only the connection that carries the session now is listened to. */
final class SessionClient implements ConnectionListener {

    private final LiveSession session;
    private final ClientNotifier notifier;

    SessionClient(LiveSession session, ClientNotifier notifier) {
        this.session = session;
        this.notifier = notifier;
    }

    /** The client is there over this connection; the one that carried the session before is closed. */
    void moveTo(ClientConnection client) {
        notifier.moveTo(client);
        client.bind(this);
    }

    @Override
    public void signOfLife() {
        session.signOfLife();
    }

    @Override
    public void endWanted(ClientConnection by, EndReason reason) {
        if (notifier.isHeardBy(by)) {
            session.end(reason, by.trace());
        }
    }

    @Override
    public void pauseWanted(ClientConnection by, PauseWish wish) {
        if (!notifier.isHeardBy(by)) {
            return;
        }
        if (wish.isPaused() && session.document().outbox().isFull()) {
            by.error(ProblemType.UNAVAILABLE, "earlier pauses of this session are not published yet; try again");
        } else {
            session.pause(PauseCause.REQUEST, wish);
        }
    }

    @Override
    public void detached(ClientConnection from, int closeCode) {
        if (notifier.isHeardBy(from)) {
            notifier.lost();
            if (closeCode == EndReason.USER.closeCode()) {
                session.end(EndReason.USER, from.trace());
            } else {
                session.disconnected();
            }
        }
    }
}
