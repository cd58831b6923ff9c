package io.drawdown.sessions.recovery;

import io.drawdown.contracts.MeterReading;
import io.drawdown.kit.lease.LeaseWatch;
import io.drawdown.kit.lease.LeaseWatch.Liveness;
import io.drawdown.kit.time.Backoff;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionDocument.Owner;
import io.drawdown.sessions.document.SessionState.Resuming;
import io.drawdown.sessions.document.SessionStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Finds the sessions whose owner is dead, and has each taken over until it has ended.
 *
 * <p>A dead incarnation is fenced first, so it serves and writes no more. Then its heartbeats are read, so none comes
 * after. Only then its sessions are taken over: {@link SessionTakeover}.
 */
public final class OrphanTakeover {

    /** The last heartbeats may be older than the last renewal by this much. */
    static final Duration BEFORE_LAST_RENEWAL = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(OrphanTakeover.class);
    private static final Backoff AGAIN = Backoff.constant(Duration.ofSeconds(2));
    private static final int PAGE = 500;
    private static final int AT_ONCE = 32;
    private static final int OWNERS_AT_ONCE = 4;

    private final SessionStore store;
    private final LeaseWatch leases;
    private final HeartbeatHistory heartbeats;
    private final SessionTakeover sessionTakeover;
    private final Predicate<String> isLiveOrStarting;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final Set<String> inHand = new LinkedHashSet<>();
    private @Nullable Owner me;
    private boolean scanning;

    /** @param isLiveOrStarting whether this instance serves the session or starts it */
    public OrphanTakeover(
            SessionStore store,
            LeaseWatch leases,
            HeartbeatHistory heartbeats,
            SessionTakeover sessionTakeover,
            Predicate<String> isLiveOrStarting,
            Scheduler scheduler,
            RandomGenerator random) {
        this.store = store;
        this.leases = leases;
        this.heartbeats = heartbeats;
        this.sessionTakeover = sessionTakeover;
        this.isLiveOrStarting = isLiveOrStarting;
        this.scheduler = scheduler;
        this.random = random;
    }

    /** Looks for sessions of this instance's dead incarnations until there are none, under this name. */
    public void startAs(Owner owner) {
        me = owner;
        scan();
    }

    public void stop() {
        me = null;
    }

    void scan() {
        Owner self = me;
        if (self != null && !scanning) {
            scanning = true;
            round(self, "", false);
        }
    }

    /** A session that names this instance as its owner though nobody serves it: only a stored proof counts. */
    public void orphaned(SessionDocument document) {
        Owner self = me;
        if (self != null && document.isOpen() && !isLiveOrStarting.test(document.id())) {
            bringToEnd(self, document, null).subscribe().with(done -> {});
        }
    }

    private void round(Owner self, String afterId, boolean left) {
        if (!self.equals(me)) {
            scanning = false;
            scan();
            return;
        }
        store.ofOtherIncarnations(new SessionStore.Others(self.instance(), self.incarnation(), afterId), PAGE)
                .chain(page -> takeOverPage(self, page).map(all -> new Round(page, all)))
                .subscribe()
                .with(round -> next(self, round, left), fault -> {
                    LOG.infof("Takeover failed, tried again: fault=%s", fault);
                    lookAgain(self);
                });
    }

    private record Round(List<SessionDocument> page, boolean complete) {}

    private void next(Owner self, Round round, boolean leftBefore) {
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

    private void lookAgain(Owner self) {
        scheduler.after(leases.interval(), () -> round(self, "", false));
    }

    /** True: every session of the page has ended, or is being taken over. */
    private Uni<Boolean> takeOverPage(Owner self, List<SessionDocument> page) {
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

    /** A failure with one owner must not stop the takeover from another. */
    private static Uni<Boolean> orLater(Uni<Boolean> takeover) {
        return takeover.onFailure().recoverWithItem(fault -> {
            LOG.infof("Takeover failed, tried again: fault=%s", fault);
            return false;
        });
    }

    private Uni<Boolean> takeOverFrom(Owner self, String dead, List<SessionDocument> sessions) {
        return leases.look(dead).chain(liveness -> switch (liveness) {
            case Liveness.Alive() -> Uni.createFrom().item(false);
            case Liveness.Fenced(Instant lastRenewed) -> takeOverAll(self, lastRenewed, sessions);
            case Liveness.Unknown() -> takeOverAll(self, earliest(sessions), sessions);
        });
    }

    private static Instant earliest(List<SessionDocument> sessions) {
        return sessions.stream()
                .map(session -> session.origin().createdAt())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private Uni<Boolean> takeOverAll(Owner self, Instant lastRenewed, List<SessionDocument> sessions) {
        Set<String> accounts =
                sessions.stream().map(session -> session.origin().accountId()).collect(Collectors.toSet());
        return heartbeats
                .since(lastRenewed.minus(BEFORE_LAST_RENEWAL), accounts)
                .chain(heard -> {
                    Map<String, MeterReading> proofs = UsageProofs.among(heard.readings());
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

    /** Never fails: what could not be done now stays in hand, and is tried again. */
    private Uni<Void> bringToEnd(Owner self, SessionDocument session, @Nullable MeterReading proof) {
        String id = session.id();
        if (!inHand.add(id)) {
            return Uni.createFrom().voidItem();
        }
        return sessionTakeover
                .takeOver(self, session, proof)
                .invoke(() -> inHand.remove(id))
                .replaceWithVoid()
                .onFailure()
                .recoverWithItem(fault -> {
                    again(self, session, proof, fault);
                    return null;
                });
    }

    private void again(Owner self, SessionDocument session, @Nullable MeterReading proof, Throwable fault) {
        LOG.infof("Session not taken over, tried again: sessionId=%s fault=%s", session.id(), fault);
        scheduler.after(AGAIN.delay(0, random), () -> goOn(self, session, proof));
    }

    private void goOn(Owner self, SessionDocument session, @Nullable MeterReading proof) {
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

    /** Only if the same dead owner still has it, or this instance was taking it over: another taker is left alone. */
    private void goOn(Owner self, SessionDocument session, @Nullable MeterReading proof, SessionDocument current) {
        inHand.remove(session.id());
        boolean isOurs = current.state() instanceof Resuming
                && current.owner().incarnation().equals(self.incarnation());
        if (isOurs || sessionTakeover.isLeftBy(session.owner(), self, current)) {
            bringToEnd(self, current, proof).subscribe().with(done -> {});
        }
    }
}
