package io.drawdown.sessions.recovery;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.HoldView;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionDocument.Origin;
import io.drawdown.sessions.document.SessionDocument.Owner;
import io.drawdown.sessions.document.SessionIds;
import io.drawdown.sessions.document.SessionOutbox;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.sessions.document.SessionState.Open;
import io.drawdown.sessions.document.SessionState.Refused;
import io.drawdown.sessions.document.SessionStore;
import io.drawdown.sessions.live.LiveSessions;
import io.drawdown.sessions.live.OwnerContext;
import io.drawdown.sessions.start.SessionAdmission;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hears what happens to accounts: tells the live sessions, and answers an overdue hold.
 *
 * <p>A hold is overdue when nobody settled it for long. It is freed only by the end of its session: one that has ended
 * says so again; one that is refused, and whose start came through late, is ended; one that nobody serves is taken over;
 * one that lives renews.
 * Of a hold whose session was never stored nothing can be said but what was settled: its id is closed at that total, so
 * that it can neither be started again nor held for ever. What fails here is asked again by the next overdue event.
 */
public final class AccountEvents {

    private static final Logger LOG = Logger.getLogger(AccountEvents.class);

    private final SessionStore store;
    private final LiveSessions live;
    private final SessionAdmission admission;
    private final OrphanTakeover takeover;
    private final SessionOutbox outbox;
    private final OwnerContext context;
    private @Nullable Owner me;

    public AccountEvents(
            SessionStore store,
            LiveSessions live,
            SessionAdmission admission,
            OrphanTakeover takeover,
            SessionOutbox outbox,
            OwnerContext context) {
        this.store = store;
        this.live = live;
        this.admission = admission;
        this.takeover = takeover;
        this.outbox = outbox;
        this.context = context;
    }

    /** Null: under no name; then only live sessions hear. */
    public void actAs(@Nullable Owner owner) {
        me = owner;
    }

    public void handle(List<AccountEvent> events) {
        for (AccountEvent event : events) {
            live.ofAccount(event.accountId()).forEach(session -> session.heard(event));
            HoldView hold = event.hold();
            if (event.type() == EntryType.OVERDUE && hold != null && me != null && isNobodys(hold)) {
                overdue(event, hold);
            }
        }
    }

    private boolean isNobodys(HoldView hold) {
        return hold.sessionId().startsWith(SessionIds.PREFIX)
                && live.get(hold.sessionId()) == null
                && !admission.isStarting(hold.sessionId());
    }

    private void overdue(AccountEvent event, HoldView hold) {
        Uni.createFrom()
                .deferred(() -> store.get(hold.sessionId()))
                .chain(found -> answer(event, hold, found))
                .subscribe()
                .with(
                        done -> {},
                        fault -> LOG.infof("The overdue hold of session %s waits: %s", hold.sessionId(), fault));
    }

    private Uni<Void> answer(AccountEvent event, HoldView hold, Optional<SessionDocument> found) {
        if (found.isEmpty()) {
            return closeUnknown(event, hold);
        }
        SessionDocument document = found.get();
        return switch (document.state()) {
            case Ended ended -> sayEndedAgain(document);
            case Refused _ -> abandon(document);
            case Open open -> {
                recover(document);
                yield Uni.createFrom().voidItem();
            }
        };
    }

    /** What was never said is said first, in its order. */
    private Uni<Void> sayEndedAgain(SessionDocument document) {
        context.releases().release(document).subscribe().with(billed -> {});
        if (document.pending() != null) {
            outbox.offer(document);
            return Uni.createFrom().voidItem();
        }
        return outbox.repeat(document.endedEvent());
    }

    /** Unless its start key was sent again meanwhile: then its hold has an owner. */
    private Uni<Void> abandon(SessionDocument refused) {
        return context.writes()
                .change(refused, now -> now.state() instanceof Refused ? now.abandon(now()) : null)
                .chain(stored -> context.releases().release(stored))
                .replaceWithVoid();
    }

    private void recover(SessionDocument document) {
        Owner self = me;
        if (self != null && document.owner().incarnation().equals(self.incarnation())) {
            takeover.orphaned(document);
        } else if (self != null && document.owner().instance().equals(self.instance())) {
            takeover.scan();
        }
    }

    private Uni<Void> closeUnknown(AccountEvent event, HoldView hold) {
        Owner self = me;
        if (self == null) {
            return Uni.createFrom().voidItem();
        }
        LOG.errorf("A hold names session %s, which was never stored; it is closed", hold.sessionId());
        Owner owner = new Owner(self.incarnation(), self.instance(), hold.epoch());
        Origin origin = new Origin(event.accountId(), hold.rate().kind(), "", now());
        SessionDocument closed = SessionDocument.starting(hold.sessionId(), origin, owner)
                .end(EndReason.OWNER_LOST, hold.usedMillis(), now())
                .written(context.machinery().randomId(), 0);
        return store.insert(closed)
                .invoke(inserted -> {
                    if (inserted) {
                        context.releases().release(closed).subscribe().with(billed -> {});
                        outbox.offer(closed);
                    }
                })
                .replaceWithVoid();
    }

    private Instant now() {
        return context.machinery().time().now();
    }
}
