package io.drawdown.sessions;

import io.drawdown.kit.time.Polling;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.sessions.document.SessionStore;
import io.drawdown.sessions.document.SessionView;
import io.drawdown.sessions.live.LiveSession;
import io.drawdown.sessions.live.LiveSessions;
import io.drawdown.sessions.protocol.PauseCause;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;

/** Pauses sessions on request, and lets them go on. Only the owner of a session can. */
final class PauseRequests {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final SessionStore store;
    private final LiveSessions live;
    private final Polling looks;

    PauseRequests(SessionStore store, LiveSessions live, Time time, Scheduler scheduler) {
        this.store = store;
        this.live = live;
        this.looks = new Polling(time, scheduler, LOOK);
    }

    /** The answer shows the session as it is after at most {@link #PATIENCE}; empty: there is no such session. */
    Uni<Optional<SessionView>> pause(String id, boolean isWanted) {
        LiveSession session = live.get(id);
        return session == null ? store.get(id).map(found -> found.map(SessionView::of)) : pauseHere(session, isWanted);
    }

    private Uni<Optional<SessionView>> pauseHere(LiveSession session, boolean isWanted) {
        session.pause(PauseCause.REQUEST, isWanted);
        return looks.until(() -> !session.isOpen() || session.document().isPaused() == isWanted, PATIENCE)
                .map(done -> Optional.of(session.view()));
    }
}
