package io.drawdown.sessions;

import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionOutbox;
import io.drawdown.sessions.document.SessionStore;
import io.drawdown.sessions.live.LiveSession;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the events of sessions.
 *
 * @param live the session that is served here; null if it is not
 * @param bill asks for what an ended session cost
 */
record OutgoingEvents(
        SessionStore store,
        Function<String, @Nullable LiveSession> live,
        Function<Optional<SessionDocument>, ? extends Uni<?>> bill)
        implements SessionOutbox.Listener {

    @Override
    public void trimmed(Map<String, Long> drainedTo) {
        drainedTo.forEach((id, seq) -> {
            LiveSession session = live.apply(id);
            if (session != null) {
                session.trimmed(seq);
            }
        });
    }

    /** Its owner may have died between its end and its release; only the stored end counts. */
    @Override
    public void unpublished(SessionDocument document) {
        if (document.isUnbilled()) {
            store.get(document.id()).chain(bill::apply).subscribe().with(told -> {}, fault -> {});
        }
    }
}
