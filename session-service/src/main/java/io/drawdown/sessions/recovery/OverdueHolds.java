package io.drawdown.sessions.recovery;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.HoldView;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.Time;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionDocument.Origin;
import io.drawdown.sessions.document.SessionDocument.Owner;
import io.drawdown.sessions.document.SessionIds;
import io.drawdown.sessions.document.SessionOutbox;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.sessions.document.SessionState.Open;
import io.drawdown.sessions.document.SessionState.Refused;
import io.drawdown.sessions.document.SessionStore;
import io.drawdown.sessions.funding.Releases;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Answers an overdue hold: nothing was heard of its session for long.
 *
 * <p>A hold is freed only by the end of its session. A session that has ended says so again. One that was refused, and
 * whose start came through late, is ended. One that names this instance and does not live here is taken over. One that lives
 * here renews by itself. Of any other the {@link Reaper} finds out whether its owner is lost, and it waits for the clients of
 * those that were handed over.
 * If the session of a hold was never stored, only what was settled is known: the session is stored as ended at that
 * total, so that it can neither be started again nor held for ever. What fails here is tried again at the next overdue
 * event.
 */
public final class OverdueHolds {

    private static final Logger LOG = Logger.getLogger(OverdueHolds.class);

    private final SessionStore store;
    private final GuardedWrites<SessionDocument> writes;
    private final Releases releases;
    private final SessionOutbox outbox;
    private final Reaper reaper;
    private final Predicate<String> isLiveOrStarting;
    private final Time time;
    private @Nullable Owner me;

    /** @param isLiveOrStarting whether this instance serves the session or starts it */
    public OverdueHolds(
            SessionStore store,
            GuardedWrites<SessionDocument> writes,
            Releases releases,
            SessionOutbox outbox,
            Reaper reaper,
            Predicate<String> isLiveOrStarting,
            Time time) {
        this.store = store;
        this.writes = writes;
        this.releases = releases;
        this.outbox = outbox;
        this.reaper = reaper;
        this.isLiveOrStarting = isLiveOrStarting;
        this.time = time;
    }

    /** Null: this instance may write under no name, and leaves overdue holds alone. */
    public void actAs(@Nullable Owner owner) {
        me = owner;
    }

    public void handle(AccountEvent event) {
        HoldView hold = event.hold();
        if (hold == null || me == null || !isNobodys(hold)) {
            return;
        }
        Uni.createFrom()
                .deferred(() -> store.get(hold.sessionId()))
                .chain(found -> answer(event, hold, found))
                .subscribe()
                .with(
                        done -> {},
                        fault -> LOG.infof(
                                "Overdue hold not answered, tried again when it is raised again: sessionId=%s fault=%s",
                                hold.sessionId(), fault));
    }

    private boolean isNobodys(HoldView hold) {
        return hold.sessionId().startsWith(SessionIds.PREFIX) && !isLiveOrStarting.test(hold.sessionId());
    }

    private Uni<Void> answer(AccountEvent event, HoldView hold, Optional<SessionDocument> found) {
        if (found.isEmpty()) {
            return closeUnknown(event, hold);
        }
        SessionDocument document = found.get();
        return switch (document.state()) {
            case Ended ended -> sayEndedAgain(document);
            case Refused _ -> abandon(document);
            // Its document is its owner: there is nobody to take it over from.
            case Open _
            when document.isOwnedBy(Owner.gateway()) -> Uni.createFrom().voidItem();
            case Open _ -> {
                reaper.overdue(document);
                yield Uni.createFrom().voidItem();
            }
        };
    }

    /** Events that were never published are published first, in their order. */
    private Uni<Void> sayEndedAgain(SessionDocument document) {
        releases.release(document).subscribe().with(billed -> {});
        if (document.outbox().isPending()) {
            outbox.offer(document);
            return Uni.createFrom().voidItem();
        }
        return outbox.repeatEnd(document);
    }

    /** Unless its start key was sent again meanwhile: then its hold has an owner. */
    private Uni<Void> abandon(SessionDocument refused) {
        return writes.change(
                        refused, (current, now) -> current.state() instanceof Refused ? current.abandon(now) : null)
                .chain(releases::release)
                .replaceWithVoid();
    }

    private Uni<Void> closeUnknown(AccountEvent event, HoldView hold) {
        Owner self = me;
        if (self == null) {
            return Uni.createFrom().voidItem();
        }
        LOG.errorf("Overdue hold of a session that was never stored; it is closed: sessionId=%s", hold.sessionId());
        Instant now = time.now();
        Owner owner = new Owner(self.incarnation(), self.instance(), hold.epoch());
        Origin origin = new Origin(event.accountId(), hold.rate().kind(), "", now, null, null);
        SessionDocument closed = SessionDocument.starting(hold.sessionId(), origin, owner)
                .end(EndReason.OWNER_LOST, hold.usedMillis(), now);
        return writes.insert(closed).invoke(this::releaseClosed).replaceWithVoid();
    }

    private void releaseClosed(Optional<SessionDocument> stored) {
        stored.ifPresent(closed -> releases.release(closed).subscribe().with(billed -> {}));
    }
}
