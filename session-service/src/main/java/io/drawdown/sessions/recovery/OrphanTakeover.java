package io.drawdown.sessions.recovery;

import io.drawdown.contracts.MeterReading;
import io.drawdown.kit.time.Backoff;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionDocument.Owner;
import io.drawdown.sessions.document.SessionState.Resuming;
import io.drawdown.sessions.document.SessionStore;
import io.drawdown.sessions.recovery.HeartbeatHistory.Heard;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Has sessions that nobody serves taken over, each until it has ended: {@link SessionTakeover}. Whoever gives a session of a
 * lost owner has fenced that owner, and then read its heartbeats.
 */
public final class OrphanTakeover {

    private static final Logger LOG = Logger.getLogger(OrphanTakeover.class);
    private static final Backoff AGAIN = Backoff.constant(Duration.ofSeconds(2));
    private static final int AT_ONCE = 32;

    private final SessionStore store;
    private final SessionTakeover sessionTakeover;
    private final Predicate<String> isLiveOrStarting;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final Set<String> inHand = new LinkedHashSet<>();
    private @Nullable Owner me;

    /** @param isLiveOrStarting whether this instance serves the session or starts it */
    public OrphanTakeover(
            SessionStore store,
            SessionTakeover sessionTakeover,
            Predicate<String> isLiveOrStarting,
            Scheduler scheduler,
            RandomGenerator random) {
        this.store = store;
        this.sessionTakeover = sessionTakeover;
        this.isLiveOrStarting = isLiveOrStarting;
        this.scheduler = scheduler;
        this.random = random;
    }

    /** From now on sessions are taken over under this name. */
    void startAs(Owner owner) {
        me = owner;
    }

    void stop() {
        me = null;
    }

    /**
     * A session that names this incarnation as its owner though nobody serves it: only a stored proof counts. One of a former
     * incarnation is the reaper's, which reads its heartbeats.
     */
    public void orphaned(SessionDocument document) {
        Owner self = me;
        boolean isMine = self != null && document.owner().incarnation().equals(self.incarnation());
        if (self != null && isMine && document.isOpen() && !isLiveOrStarting.test(document.id())) {
            bringToEnd(self, document, null).subscribe().with(done -> {});
        }
    }

    /** Their owner is fenced, and this was heard of it since. Never fails: what could not be done now is tried again. */
    Uni<Void> takeOverAll(List<SessionDocument> sessions, Heard heard) {
        Owner self = me;
        if (self == null) {
            return Uni.createFrom().voidItem();
        }
        Map<String, MeterReading> proofs = UsageProofs.among(heard.readings());
        return Multi.createFrom()
                .iterable(sessions)
                .onItem()
                .transformToUni(session -> bringToEnd(self, session, proofs.get(session.id())))
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
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

    /**
     * Only if the same dead owner still has it, or this instance was taking it over for this end: another taker is left
     * alone, and so is a client that has taken it back here, under a greater epoch.
     */
    private void goOn(Owner self, SessionDocument session, @Nullable MeterReading proof, SessionDocument current) {
        inHand.remove(session.id());
        boolean isOurs = current.state() instanceof Resuming
                && current.owner().incarnation().equals(self.incarnation())
                && current.owner().epoch() <= session.owner().epoch() + 1
                && !isLiveOrStarting.test(current.id());
        if (isOurs || sessionTakeover.isLeftBy(session.owner(), self, current)) {
            bringToEnd(self, current, proof).subscribe().with(done -> {});
        }
    }
}
