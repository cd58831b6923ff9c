package io.drawdown.sessions.resume;

import io.drawdown.kit.time.Time;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionDocument.Owner;
import io.drawdown.sessions.document.SessionState.Held;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one attempt asks of the owner of a session: to hand it over soon. The answer is in the session's document. */
final class HandOverRequest {

    /** How long the owner may take to write its hand-over. */
    static final Duration SILENCE = Duration.ofSeconds(2);

    private final FormerOwners owners;
    private final Time time;
    private @Nullable Asked asked;

    HandOverRequest(FormerOwners owners, Time time) {
        this.owners = owners;
        this.time = time;
    }

    /** The owner, in the state in which it was asked first; what it was asked last names that revision. */
    private record Asked(Owner owner, Held state, long rev, long untilNanos) {

        boolean isOf(SessionDocument session) {
            return session.owner().equals(owner) && session.state().equals(state);
        }
    }

    /**
     * Whether the owner had its time, or cannot write any more. Asks it if it was not asked yet, and again whenever the
     * session has changed, because it does nothing for what was asked of an older revision.
     */
    Uni<Boolean> isUnanswered(SessionDocument session, Held state) {
        Asked before = asked;
        if (before == null || !before.isOf(session)) {
            ask(session, state, time.nanos() + SILENCE.toNanos());
            return owners.isFenced(session).onFailure().recoverWithItem(false);
        }
        if (before.rev() != session.rev()) {
            ask(session, state, before.untilNanos());
        }
        return Uni.createFrom().item(time.nanos() - before.untilNanos() >= 0);
    }

    private void ask(SessionDocument session, Held state, long untilNanos) {
        asked = new Asked(session.owner(), state, session.rev(), untilNanos);
        owners.askToHandOver(session);
    }
}
