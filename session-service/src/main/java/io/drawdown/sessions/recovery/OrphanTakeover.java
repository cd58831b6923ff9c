package io.drawdown.sessions.recovery;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.MeterReading;
import io.drawdown.kit.time.Backoff;
import io.drawdown.sessions.document.GuardedWrites;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionDocument.Owner;
import io.drawdown.sessions.document.SessionState.Resuming;
import io.drawdown.sessions.document.SessionState.Starting;
import io.drawdown.sessions.document.SessionStore;
import io.drawdown.sessions.lease.LeaseWatch;
import io.drawdown.sessions.lease.LeaseWatch.Fate;
import io.drawdown.sessions.live.OwnerContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Ends the sessions whose owner is dead, at what can be proved of its total.
 *
 * <p>The order is what makes it right: first the dead incarnation is fenced, so it serves and writes no more; then its
 * heartbeats are read, so none comes after; then the session's document names the taker, the next epoch and the proof;
 * then credits-service raises the epoch of the hold, settling to the proof if it is of the hold's own epoch; then the
 * end is written with the total that it answered, and only by a taker whose epoch is still the document's. Any step may
 * fail or be repeated by the next taker; the proof, once written, stays.
 */
public final class OrphanTakeover {

    /** The last heartbeats may be older than the last renewal by as much. */
    static final Duration BEFORE_LAST_RENEWAL = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(OrphanTakeover.class);
    private static final Backoff AGAIN = Backoff.constant(Duration.ofSeconds(2));
    private static final int PAGE = 500;
    private static final int AT_ONCE = 32;
    private static final int OWNERS_AT_ONCE = 4;

    private final SessionStore store;
    private final LeaseWatch leases;
    private final HeartbeatHistory heartbeats;
    private final OwnerContext context;
    private final Predicate<String> isServed;
    private final Set<String> inHand = new LinkedHashSet<>();
    private @Nullable String me;
    private boolean scanning;

    /** @param isServed whether this process serves the session or starts it */
    public OrphanTakeover(
            SessionStore store,
            LeaseWatch leases,
            HeartbeatHistory heartbeats,
            OwnerContext context,
            Predicate<String> isServed) {
        this.store = store;
        this.leases = leases;
        this.heartbeats = heartbeats;
        this.context = context;
        this.isServed = isServed;
    }

    /** Looks for sessions of this instance's dead incarnations until there are none, under this name. */
    public void startAs(String incarnation) {
        me = incarnation;
        scan();
    }

    public void stop() {
        me = null;
    }

    void scan() {
        String self = me;
        if (self != null && !scanning) {
            scanning = true;
            round(self, "", false);
        }
    }

    /** A session that names us and that we do not serve, so nothing of it was: only a stored proof counts. */
    public void orphaned(SessionDocument document) {
        String self = me;
        if (self != null && document.isOpen() && !isServed.test(document.id())) {
            bringToEnd(self, document, null).subscribe().with(done -> {});
        }
    }

    private void round(String self, String afterId, boolean left) {
        if (!self.equals(me)) {
            scanning = false;
            scan();
            return;
        }
        store.ofOtherIncarnations(new SessionStore.Others(context.settings().instance(), self, afterId), PAGE)
                .chain(page -> takeOverPage(self, page).map(all -> new Round(page, all)))
                .subscribe()
                .with(round -> next(self, round, left), fault -> {
                    LOG.infof("Recovery waits: %s", fault);
                    lookAgain(self);
                });
    }

    private record Round(List<SessionDocument> page, boolean complete) {}

    private void next(String self, Round round, boolean leftBefore) {
        boolean left = leftBefore || !round.complete();
        if (!round.page().isEmpty()) {
            round(self, round.page().getLast().id(), left);
        } else if (left || !self.equals(me)) {
            lookAgain(self);
        } else {
            scanning = false;
            leases.forget();
        }
    }

    private void lookAgain(String self) {
        context.machinery().scheduler().after(LeaseWatch.LOOK, () -> round(self, "", false));
    }

    /** True: all of the page are over or in hand. */
    private Uni<Boolean> takeOverPage(String self, List<SessionDocument> page) {
        Map<String, List<SessionDocument>> byOwner = page.stream()
                .collect(Collectors.groupingBy(
                        document -> document.owner().incarnation(), LinkedHashMap::new, Collectors.toList()));
        return Multi.createFrom()
                .iterable(byOwner.entrySet())
                .onItem()
                .transformToUni(entry -> orLater(takeOverFrom(self, entry.getKey(), entry.getValue())))
                .merge(OWNERS_AT_ONCE)
                .collect()
                .with(Collectors.reducing(true, (a, b) -> a && b));
    }

    /** A failure with one owner must not cut off what is being done for another. */
    private static Uni<Boolean> orLater(Uni<Boolean> takeover) {
        return takeover.onFailure().recoverWithItem(fault -> {
            LOG.infof("Recovery waits: %s", fault);
            return false;
        });
    }

    private Uni<Boolean> takeOverFrom(String self, String dead, List<SessionDocument> sessions) {
        return leases.look(dead).chain(fate -> switch (fate) {
            case Fate.Alive() -> Uni.createFrom().item(false);
            case Fate.Fenced(Instant lastRenewed) -> takeOverAll(self, lastRenewed, sessions);
            case Fate.Unknown() -> takeOverAll(self, earliest(sessions), sessions);
        });
    }

    private static Instant earliest(List<SessionDocument> sessions) {
        return sessions.stream()
                .map(session -> session.origin().createdAt())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private Uni<Boolean> takeOverAll(String self, Instant lastRenewed, List<SessionDocument> sessions) {
        Set<String> accounts =
                sessions.stream().map(session -> session.origin().accountId()).collect(Collectors.toSet());
        return heartbeats
                .since(lastRenewed.minus(BEFORE_LAST_RENEWAL), accounts)
                .chain(readings -> {
                    Map<String, MeterReading> proofs = UsageProofs.among(readings);
                    return Multi.createFrom()
                            .iterable(sessions)
                            .onItem()
                            .transformToUni(session -> bringToEnd(self, session, proofs.get(session.id())))
                            .merge(AT_ONCE)
                            .collect()
                            .last()
                            .replaceWith(true);
                });
    }

    /** Never fails: what could not be done now is in hand and goes on by itself. */
    private Uni<Void> bringToEnd(String self, SessionDocument session, @Nullable MeterReading proof) {
        String id = session.id();
        if (!inHand.add(id)) {
            return Uni.createFrom().voidItem();
        }
        return takeOver(self, session, proof)
                .invoke(() -> inHand.remove(id))
                .invoke(this::release)
                .replaceWithVoid()
                .onFailure()
                .recoverWithItem(fault -> {
                    again(self, session, proof, fault);
                    return null;
                });
    }

    /** If it has ended, whoever ended it. */
    private void release(SessionDocument stored) {
        context.releases().release(stored).subscribe().with(billed -> {});
    }

    private void again(String self, SessionDocument session, @Nullable MeterReading proof, Throwable fault) {
        LOG.infof("Session %s waits to be taken over: %s", session.id(), fault);
        Duration delay = AGAIN.delay(0, context.machinery().random());
        context.machinery().scheduler().after(delay, () -> goOn(self, session, proof));
    }

    private void goOn(String self, SessionDocument session, @Nullable MeterReading proof) {
        if (self.equals(me)) {
            store.get(session.id())
                    .subscribe()
                    .with(
                            found -> goOn(self, session, proof, found.orElse(session)),
                            fault -> again(self, session, proof, fault));
        } else {
            inHand.remove(session.id());
        }
    }

    /**
     * Only from the same dead owner, or where we were taking it over already; what another took meanwhile is that one's.
     */
    private void goOn(String self, SessionDocument session, @Nullable MeterReading proof, SessionDocument now) {
        inHand.remove(session.id());
        boolean ours =
                now.state() instanceof Resuming && now.owner().incarnation().equals(self);
        if (ours || isLeftBy(session.owner(), self, now)) {
            bringToEnd(self, now, proof).subscribe().with(done -> {});
        }
    }

    /** An orphan's owner is this process: its start key may have been sent again to it meanwhile. */
    private boolean isLeftBy(Owner dead, String self, SessionDocument now) {
        boolean isServedAgain = dead.incarnation().equals(self) && isServed.test(now.id());
        return now.isOpen() && now.isOwnedBy(dead) && !isServedAgain;
    }

    private Uni<SessionDocument> takeOver(String self, SessionDocument session, @Nullable MeterReading proof) {
        Owner dead = session.owner();
        if (session.state() instanceof Resuming mine && dead.incarnation().equals(self)) {
            return settle(session, Optional.ofNullable(mine.proof()));
        }
        Owner taker = new Owner(self, context.settings().instance(), dead.epoch() + 1);
        GuardedWrites.Rule taking = now -> isLeftBy(dead, self, now) ? taken(now, taker, proof) : null;
        return fencedIfStarting(session)
                .chain(fenced -> context.writes().change(session, taking))
                .chain(taken -> taken.state() instanceof Resuming resuming && taken.isOwnedBy(taker)
                        ? settle(taken, Optional.ofNullable(resuming.proof()))
                        : Uni.createFrom().item(taken));
    }

    /** What is given up may still be asked for by the dead. */
    private Uni<?> fencedIfStarting(SessionDocument session) {
        return session.state() instanceof Starting
                ? context.fenceStart(session)
                : Uni.createFrom().voidItem();
    }

    private SessionDocument taken(SessionDocument session, Owner taker, @Nullable MeterReading proof) {
        return session.state() instanceof Starting ? session.abandon(now()) : session.takeOver(taker, proof);
    }

    private Uni<SessionDocument> settle(SessionDocument taken, Optional<MeterReading> proof) {
        long epoch = taken.owner().epoch();
        long proofEpoch = proof.map(MeterReading::epoch).orElse(epoch - 1);
        long proofUsed = proof.map(MeterReading::usedMillis).orElse(0L);
        Funding.Takeover request = new Funding.Takeover(taken.origin().accountId(), epoch, proofEpoch, proofUsed);
        return context.credits().takeover(taken.id(), request).chain(answer -> end(taken, answer, proofUsed));
    }

    private Uni<SessionDocument> end(SessionDocument taken, Funding.Answer answer, long proofUsed) {
        if (answer.outcome() == Funding.Outcome.STALE) {
            return Uni.createFrom().item(taken);
        }
        long total = answer.hold() == null ? proofUsed : answer.hold().usedMillis();
        LOG.infof("Session %s lost its owner; it ends at %d ms", taken.id(), total);
        return context.writes()
                .change(
                        taken,
                        now -> now.state() instanceof Resuming && now.isOwnedBy(taken.owner())
                                ? now.end(EndReason.OWNER_LOST, total, now())
                                : null);
    }

    private Instant now() {
        return context.machinery().time().now();
    }
}
