package io.drawdown.sessions.live;

import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.ResettableTimer;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionDocument.Owner;
import io.drawdown.sessions.document.SessionState.Running;
import io.drawdown.sessions.protocol.PauseCause;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The pauses of one session: who wants it to be paused, and whether its document says so.
 *
 * <p>Nothing is served while the document says paused. So a pause stops first and is then written, and its end is written
 * first: whoever owns the session next finds a pause that is still on, and never one that was over while it was served. A
 * write that fails is tried again for as long as the session is open.
 */
final class Pauses {

    private static final Logger LOG = Logger.getLogger(Pauses.class);
    private static final Duration WRITE_AGAIN = Duration.ofSeconds(1);

    private final Paused session;
    private final ClientNotifier notifier;
    private final GuardedWrites<SessionDocument> writes;
    private final Scheduler scheduler;
    private final Set<PauseCause> causes = EnumSet.noneOf(PauseCause.class);
    private final ResettableTimer again;
    private boolean isReleased;
    private boolean writing;
    private boolean isUnsure;

    /** The session as its pauses see it. */
    interface Paused {
        SessionDocument document();

        boolean isOpen();

        /** It does not change while the session is paused. */
        Meter meter();

        /** How long the pause may still last. */
        Duration pauseLeft();

        /** This is the document now. */
        void stored(SessionDocument stored);

        /** The document says so. */
        void goOn();

        /** Another has it, or it has ended. */
        void written(SessionDocument stored);
    }

    /** A session whose pause was asked for stays paused when another owner gets it. Its media are another's too: they are on. */
    Pauses(Paused session, ClientNotifier notifier, GuardedWrites<SessionDocument> writes, Scheduler scheduler) {
        this.session = session;
        this.notifier = notifier;
        this.writes = writes;
        this.scheduler = scheduler;
        this.again = new ResettableTimer(scheduler);
        if (session.document().isPausedByRequest()) {
            causes.add(PauseCause.REQUEST);
            isReleased = session.document().isReleased();
        }
    }

    /**
     * The session has stopped, and stays paused until every cause is gone.
     *
     * @param release whether its credits are given back until that is not asked for any more
     */
    void begin(PauseCause cause, boolean release) {
        boolean isMore = release && !isReleased;
        isReleased |= release;
        if (causes.add(cause) || isMore) {
            write();
        }
    }

    void end(PauseCause cause) {
        isReleased &= cause != PauseCause.REQUEST;
        if (causes.remove(cause)) {
            write();
        }
    }

    /** Its client is there. A pause that nobody wants any more is ended; it is told of another. */
    void greet() {
        if (causes.isEmpty() && session.document().isPaused()) {
            write();
        } else {
            tell();
        }
    }

    /** Tells the client of a pause that is stored. */
    private void tell() {
        if (session.document().isPaused()) {
            boolean isOnlyMedia = causes.contains(PauseCause.MEDIA) && !causes.contains(PauseCause.REQUEST);
            PauseCause cause = isOnlyMedia ? PauseCause.MEDIA : PauseCause.REQUEST;
            notifier.paused(cause, session.document().isReleased(), session.pauseLeft(), session.meter());
        }
    }

    private void write() {
        SessionDocument seen = session.document();
        Wanted wanted = wanted();
        if (writing || !session.isOpen()) {
            return;
        }
        if (!isUnsure && wanted.isIn(seen)) {
            settled(seen);
        } else if (!isUnsure && !seen.isPaused() && seen.outbox().isFull()) {
            again.set(WRITE_AGAIN, this::write); // its events are not published: it is paused, and not yet said to be
        } else {
            long used = session.meter().usedMillis();
            writing = true;
            writes.change(seen, (current, now) -> decide(current, seen.owner(), wanted, used, now))
                    .subscribe()
                    .with(stored -> written(seen.owner(), stored), this::failed);
        }
    }

    private static @Nullable SessionDocument decide(
            SessionDocument current, Owner owner, Wanted wanted, long used, Instant now) {
        boolean isMine = current.state() instanceof Running && current.isOwnedBy(owner);
        if (!isMine || wanted.isIn(current)) {
            return null;
        }
        return wanted.isPaused()
                ? current.pause(used, wanted.isReleased(), wanted.isByRequest(), now)
                : current.goOn(used, now);
    }

    /** As the document is to be. */
    private record Wanted(boolean isPaused, boolean isReleased, boolean isByRequest) {

        boolean isIn(SessionDocument document) {
            return document.isPaused() == isPaused
                    && document.isReleased() == isReleased
                    && document.isPausedByRequest() == isByRequest;
        }
    }

    private Wanted wanted() {
        return new Wanted(!causes.isEmpty(), isReleased, causes.contains(PauseCause.REQUEST));
    }

    private void failed(Throwable fault) {
        LOG.infof(
                "Pause not written yet: sessionId=%s fault=%s",
                session.document().id(), fault);
        isUnsure = true;
        scheduler.after(WRITE_AGAIN, () -> {
            writing = false;
            write();
        });
    }

    private void written(Owner owner, SessionDocument stored) {
        writing = false;
        isUnsure = false;
        if (!session.isOpen()) {
            return;
        }
        if (!(stored.state() instanceof Running) || !stored.isOwnedBy(owner)) {
            session.written(stored);
            return;
        }
        session.stored(stored);
        write();
    }

    private void settled(SessionDocument stored) {
        if (stored.isPaused()) {
            tell();
        } else {
            session.goOn();
        }
    }
}
