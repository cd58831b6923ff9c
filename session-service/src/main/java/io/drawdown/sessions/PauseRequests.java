package io.drawdown.sessions;

import io.drawdown.contracts.SessionControl;
import io.drawdown.kit.faults.OutcomeUnknown;
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
import io.drawdown.sessions.protocol.PauseWish;
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

    /**
     * The session as it is then. One that is over stays so, and one whose media stand still stays paused until they flow.
     * Empty: there is no such session. Fails with {@link OutcomeUnknown} if it is not done within {@link #PATIENCE}.
     */
    Uni<Optional<SessionView>> pause(String id, PauseWish wish) {
        LiveSession session = live.get(id);
        return session == null ? pauseElsewhere(id, wish) : pauseHere(session, wish);
    }

    private Uni<Optional<SessionView>> pauseHere(LiveSession session, PauseWish wish) {
        if (wish.isPaused() && session.document().outbox().isFull()) {
            return Uni.createFrom().failure(new Unavailable("earlier pauses of this session are not published yet"));
        }
        session.pause(PauseCause.REQUEST, wish);
        return looks.until(() -> !session.isOpen() || !isToChange(session.document(), wish), PATIENCE)
                .invoke(() -> requireDone(session.document(), wish))
                .map(done -> Optional.of(session.view()));
    }

    private Uni<Optional<SessionView>> pauseElsewhere(String id, PauseWish wish) {
        return store.get(id)
                .invoke(found -> found.filter(document -> isToChange(document, wish))
                        .ifPresent(document -> control.tell(hint(wish), document)))
                .chain(found -> await(found, wish, LOOKS_ELSEWHERE))
                .invoke(found -> found.ifPresent(last -> requireDone(last, wish)))
                .map(found -> found.map(SessionView::of));
    }

    private static void requireDone(SessionDocument last, PauseWish wish) {
        if (isToChange(last, wish)) {
            throw new OutcomeUnknown("the owner of the session has not written it yet");
        }
    }

    private Uni<Optional<SessionDocument>> await(Optional<SessionDocument> found, PauseWish wish, int left) {
        boolean isSettled = found.isEmpty() || !isToChange(found.get(), wish);
        return isSettled || left == 0
                ? Uni.createFrom().item(found)
                : scheduler
                        .pause(LOOK_ELSEWHERE)
                        .chain(() -> store.get(found.get().id()))
                        .chain(later -> await(later, wish, left - 1));
    }

    private static boolean isToChange(SessionDocument document, PauseWish wish) {
        return document.isOpen() && wish.changes(document.isPausedByRequest(), document.isReleased());
    }

    private static SessionControl.Type hint(PauseWish wish) {
        return switch (wish) {
            case PAUSE -> SessionControl.Type.PAUSE;
            case RELEASE -> SessionControl.Type.RELEASE;
            case GO_ON -> SessionControl.Type.RESUME;
        };
    }
}
