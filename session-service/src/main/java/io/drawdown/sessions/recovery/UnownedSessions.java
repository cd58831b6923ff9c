package io.drawdown.sessions.recovery;

import io.drawdown.contracts.EndReason;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.Time;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState.Detached;
import io.drawdown.sessions.funding.Releases;
import io.drawdown.sessions.recovery.Silences.Silence;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Sessions that nobody serves, each by itself: those that were handed over, and those that this instance began to resume. The
 * wait is that of one revision of the document, so every change begins it anew.
 */
public final class UnownedSessions {

    private static final Logger LOG = Logger.getLogger(UnownedSessions.class);

    private final GuardedWrites<SessionDocument> writes;
    private final Releases releases;
    private final Silences silences;

    public UnownedSessions(GuardedWrites<SessionDocument> writes, Releases releases, Time time) {
        this.writes = writes;
        this.releases = releases;
        this.silences = new Silences(time, Reaper.ROUND.multipliedBy(2));
    }

    /** A round begins. */
    void watch() {
        silences.watch();
    }

    /** The others are not as they were any more. */
    void keepOnly(Set<String> names) {
        silences.keepOnly(names);
    }

    void forget() {
        silences.forgetAll();
    }

    static String name(SessionDocument session) {
        return session.id() + "@" + session.rev();
    }

    /** Whether it has been like this for so long. The first look begins the wait. */
    boolean isOver(SessionDocument session, Duration wait) {
        Silence silence = silences.of(name(session));
        if (silence == null) {
            silences.begin(name(session), 0);
        }
        return silence != null && silences.isOver(silence, wait);
    }

    private static EndReason reasonOf(SessionDocument session) {
        return session.isPaused() ? EndReason.PAUSED_TOO_LONG : EndReason.DISCONNECTED;
    }

    /** Ends it at the handed total, in the same epoch: it had no owner since. Never fails. */
    Uni<Void> end(SessionDocument session) {
        GuardedWrites.Rule<SessionDocument> ended =
                (current, now) -> current.rev() == session.rev() && current.state() instanceof Detached detached
                        ? current.end(reasonOf(current), detached.handed().usedMillis(), now)
                        : null;
        return writes.change(session, ended)
                .invoke(stored -> releases.release(stored).subscribe().with(billed -> {}))
                .replaceWithVoid()
                .onFailure()
                .invoke(fault -> LOG.infof("Not ended yet: sessionId=%s fault=%s", session.id(), fault))
                .onFailure()
                .recoverWithNull();
    }
}
