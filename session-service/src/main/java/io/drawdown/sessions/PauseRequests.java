package io.drawdown.sessions;

import io.drawdown.contracts.SessionControl;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.time.Polling;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.sessions.control.ControlPublisher;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionStore;
import io.drawdown.sessions.document.SessionView;
import io.drawdown.sessions.live.LiveSession;
import io.drawdown.sessions.live.LiveSessions;
import io.drawdown.sessions.protocol.PauseCause;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;

/**
 * Pauses sessions on request, and lets them go on. Only the owner of a session can: if that is another instance, it is told,
 * and the session's document is read until it says so. The owner may not hear of it: then whoever asked asks again.
 */
final class PauseRequests {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration LOOK_ELSEWHERE = Duration.ofMillis(200);
    private static final int LOOKS_ELSEWHERE = 10;

    private final SessionStore store;
    private final LiveSessions live;
    private final ControlPublisher control;
    private final Scheduler scheduler;
    private final Polling looks;

    PauseRequests(SessionStore store, LiveSessions live, ControlPublisher control, Time time, Scheduler scheduler) {
        this.store = store;
        this.live = live;
        this.control = control;
        this.scheduler = scheduler;
        this.looks = new Polling(time, scheduler, LOOK);
    }

    /** The answer shows the session as it is after at most {@link #PATIENCE}; empty: there is no such session. */
    Uni<Optional<SessionView>> pause(String id, boolean isWanted) {
        LiveSession session = live.get(id);
        return session == null ? pauseElsewhere(id, isWanted) : pauseHere(session, isWanted);
    }

    private Uni<Optional<SessionView>> pauseHere(LiveSession session, boolean isWanted) {
        if (isWanted && session.document().outbox().isFull()) {
            return Uni.createFrom().failure(new Unavailable("earlier pauses of this session are not published yet"));
        }
        session.pause(PauseCause.REQUEST, isWanted);
        return looks.until(() -> !session.isOpen() || session.document().isPaused() == isWanted, PATIENCE)
                .map(done -> Optional.of(session.view()));
    }

    private Uni<Optional<SessionView>> pauseElsewhere(String id, boolean isWanted) {
        SessionControl.Type hint = isWanted ? SessionControl.Type.PAUSE : SessionControl.Type.RESUME;
        return store.get(id)
                .invoke(found -> found.filter(document -> isToChange(document, isWanted))
                        .ifPresent(document -> control.tell(hint, document)))
                .chain(found -> await(found, isWanted, LOOKS_ELSEWHERE))
                .map(found -> found.map(SessionView::of));
    }

    private Uni<Optional<SessionDocument>> await(Optional<SessionDocument> found, boolean isWanted, int left) {
        boolean isSettled = found.isEmpty() || !isToChange(found.get(), isWanted);
        return isSettled || left == 0
                ? Uni.createFrom().item(found)
                : scheduler
                        .pause(LOOK_ELSEWHERE)
                        .chain(() -> store.get(found.get().id()))
                        .chain(later -> await(later, isWanted, left - 1));
    }

    private static boolean isToChange(SessionDocument document, boolean isWanted) {
        return document.isOpen() && document.isPaused() != isWanted;
    }
}
