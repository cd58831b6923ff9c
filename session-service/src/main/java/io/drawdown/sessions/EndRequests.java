package io.drawdown.sessions;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Timeout;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState.Detached;
import io.drawdown.sessions.document.SessionState.Reported;
import io.drawdown.sessions.document.SessionStore;
import io.drawdown.sessions.document.SessionView;
import io.drawdown.sessions.funding.Releases;
import io.drawdown.sessions.live.LiveSession;
import io.drawdown.sessions.live.LiveSessions;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends sessions on request. If another instance owns the session, the request is stored in its document, and its owner is
 * told; if it does not hear that, it finds it there. If it does not answer, the session is taken from it: {@link
 * io.drawdown.sessions.recovery.UnansweredEnds}.
 */
final class EndRequests {

    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int MOST = 500;

    private final SessionStore store;
    private final LiveSessions live;
    private final GuardedWrites<SessionDocument> writes;
    private final Releases releases;
    private final Scheduler scheduler;
    private final Consumer<SessionDocument> asked;
    private final Consumer<SessionDocument> orphaned;

    /**
     * @param asked tells the owner of a session what its document says
     * @param orphaned takes a session that names this instance and does not live here
     */
    EndRequests(
            SessionStore store,
            LiveSessions live,
            GuardedWrites<SessionDocument> writes,
            Releases releases,
            Scheduler scheduler,
            Consumer<SessionDocument> asked,
            Consumer<SessionDocument> orphaned) {
        this.store = store;
        this.live = live;
        this.writes = writes;
        this.releases = releases;
        this.scheduler = scheduler;
        this.asked = asked;
        this.orphaned = orphaned;
    }

    /**
     * Why a session is to end.
     *
     * @param trace of the request that wants it
     */
    record Wish(EndReason reason, @Nullable TraceContext trace) {}

    /** The answer shows the session as it is after at most {@link #PATIENCE}; empty: there is no such session. */
    Uni<Optional<SessionView>> end(String id, Wish wish) {
        LiveSession session = live.get(id);
        return session != null ? endHere(session, wish) : store.get(id).chain(found -> endElsewhere(found, wish));
    }

    /** Wants the end of a session, and does not wait for it. */
    Uni<Void> want(String id, Wish wish) {
        LiveSession session = live.get(id);
        if (session != null) {
            session.end(wish.reason(), wish.trace());
            return Uni.createFrom().voidItem();
        }
        return store.get(id).chain(found -> endElsewhere(found, wish)).replaceWithVoid();
    }

    /** An ended session as it is stored, with what it cost: its owner may have died before it stored the bill. */
    Uni<Optional<SessionView>> fetchBill(Optional<SessionDocument> found) {
        return found.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : releases.release(found.get()).map(SessionView::of).map(Optional::of);
    }

    /** Ends the sessions of this incarnation whose end others have requested. */
    void endWanted(String incarnation) {
        store.endsWanted(incarnation, MOST).subscribe().with(this::endAll, fault -> {});
    }

    private void endAll(List<String> ids) {
        for (String id : ids) {
            LiveSession session = live.get(id);
            Consumer<SessionDocument> end = session == null ? orphaned : wanted -> endAsWanted(session, wanted);
            store.get(id).subscribe().with(found -> found.ifPresent(end), fault -> {});
        }
    }

    private static void endAsWanted(LiveSession session, SessionDocument stored) {
        EndReason reason = stored.endWanted();
        if (reason != null) {
            session.end(reason, stored.origin().endTrace());
        }
    }

    private Uni<Optional<SessionView>> endHere(LiveSession session, Wish wish) {
        session.end(wish.reason(), wish.trace());
        Uni<Optional<SessionView>> closed = Uni.createFrom()
                .emitter(emitter ->
                        session.whenClosed(document -> emitter.complete(Optional.of(SessionView.of(document)))));
        return new Timeout(scheduler, PATIENCE).limit(closed, Uni.createFrom().item(() -> Optional.of(session.view())));
    }

    private Uni<Optional<SessionView>> endElsewhere(Optional<SessionDocument> found, Wish wish) {
        if (found.isEmpty() || !found.get().isOpen()) {
            return fetchBill(found);
        }
        return writes.change(found.get(), (current, now) -> endWanted(current, wish, now))
                .invoke(this::tellOwner)
                .map(Optional::of)
                .chain(this::fetchBill);
    }

    /** A session that was handed over is ended at once: nobody owns it. So is one of a gateway, at the total that it stated. */
    private static @Nullable SessionDocument endWanted(SessionDocument current, Wish wish, Instant now) {
        if (current.state() instanceof Detached detached) {
            return current.endedBy(wish.trace())
                    .end(wish.reason(), detached.handed().usedMillis(), now);
        }
        if (current.state() instanceof Reported reported) {
            return current.endedBy(wish.trace()).end(wish.reason(), reported.usedMillis(), now);
        }
        return current.isOpen() && !current.isEndWanted() ? current.wantEnd(wish.reason(), wish.trace()) : null;
    }

    private void tellOwner(SessionDocument stored) {
        if (stored.isOpen()) {
            asked.accept(stored);
        }
    }
}
