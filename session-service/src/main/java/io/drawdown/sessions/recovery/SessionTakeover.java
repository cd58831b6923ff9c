package io.drawdown.sessions.recovery;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.MeterReading;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionDocument.Owner;
import io.drawdown.sessions.document.SessionState.Resuming;
import io.drawdown.sessions.document.SessionState.Starting;
import io.drawdown.sessions.funding.CreditsClient;
import io.drawdown.sessions.funding.Releases;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes over one session of a dead owner and ends it, at what can be proved of its total.
 *
 * <p>The order makes it right. The caller has fenced the dead incarnation and then read its heartbeats. Now the session's
 * document names the taker, the next epoch and the proof. Then credits-service raises the epoch of the hold, and settles
 * to the proof if it is of the hold's own epoch. Then the end is written with the total of that answer, and only while
 * the document still has the taker's epoch. Any step may fail or be repeated by the next taker; the proof, once written,
 * stays.
 */
public final class SessionTakeover {

    private static final Logger LOG = Logger.getLogger(SessionTakeover.class);

    private final GuardedWrites<SessionDocument> writes;
    private final CreditsClient credits;
    private final Releases releases;
    private final Predicate<String> isLiveOrStarting;
    private final Consumer<SessionDocument> stopIfReplaced;

    /**
     * @param isLiveOrStarting whether this instance serves the session or starts it
     * @param stopIfReplaced stops what this instance serves of the session under an older epoch
     */
    public SessionTakeover(
            GuardedWrites<SessionDocument> writes,
            CreditsClient credits,
            Releases releases,
            Predicate<String> isLiveOrStarting,
            Consumer<SessionDocument> stopIfReplaced) {
        this.writes = writes;
        this.credits = credits;
        this.releases = releases;
        this.isLiveOrStarting = isLiveOrStarting;
        this.stopIfReplaced = stopIfReplaced;
    }

    /** The session as it is stored afterwards. If it has ended, whoever ended it, its hold is being released. */
    Uni<SessionDocument> takeOver(Owner me, SessionDocument session, @Nullable MeterReading proof) {
        return take(me, session, proof)
                .invoke(stored -> releases.release(stored).subscribe().with(billed -> {}));
    }

    /** Whether the session is still the dead owner's. If that is this instance, it may have started it again meanwhile. */
    boolean isLeftBy(Owner dead, Owner me, SessionDocument current) {
        boolean isServedAgain = dead.incarnation().equals(me.incarnation()) && isLiveOrStarting.test(current.id());
        return current.isOpen() && current.isOwnedBy(dead) && !isServedAgain;
    }

    private Uni<SessionDocument> take(Owner me, SessionDocument session, @Nullable MeterReading proof) {
        Owner dead = session.owner();
        if (session.state() instanceof Resuming mine && dead.incarnation().equals(me.incarnation())) {
            return takeOverHold(session, Optional.ofNullable(mine.proof()));
        }
        Owner taker = new Owner(me.incarnation(), me.instance(), dead.epoch() + 1);
        GuardedWrites.Rule<SessionDocument> taking = (current, now) ->
                isLeftBy(dead, me, current) && !hasBegun(session, current) ? taken(current, taker, proof, now) : null;
        return fencedIfStarting(session)
                .chain(fenced -> writes.change(session, taking))
                .invoke(stopIfReplaced)
                .chain(taken -> taken.state() instanceof Resuming resuming && taken.isOwnedBy(taker)
                        ? takeOverHold(taken, Optional.ofNullable(resuming.proof()))
                        : Uni.createFrom().item(taken));
    }

    /** A start is given up at once; what runs since it was looked at is waited for, and taken another time. */
    private static boolean hasBegun(SessionDocument seen, SessionDocument current) {
        return seen.state() instanceof Starting && !(current.state() instanceof Starting) && !current.isEndWanted();
    }

    /** The dead owner's question for the first slice may still arrive. */
    private Uni<?> fencedIfStarting(SessionDocument session) {
        return session.state() instanceof Starting
                ? credits.fenceStart(session)
                : Uni.createFrom().voidItem();
    }

    private static SessionDocument taken(
            SessionDocument session, Owner taker, @Nullable MeterReading proof, Instant now) {
        return session.state() instanceof Starting ? session.abandon(now) : session.takeOver(taker, proof);
    }

    private Uni<SessionDocument> takeOverHold(SessionDocument taken, Optional<MeterReading> proof) {
        long epoch = taken.owner().epoch();
        long proofEpoch = proof.map(MeterReading::epoch).orElse(epoch - 1);
        long proofUsed = proof.map(MeterReading::usedMillis).orElse(0L);
        Funding.Takeover request = new Funding.Takeover(taken.origin().accountId(), epoch, proofEpoch, proofUsed);
        return credits.takeover(taken.id(), request).chain(answer -> end(taken, answer, proofUsed));
    }

    private Uni<SessionDocument> end(SessionDocument taken, Funding.Answer answer, long proofUsed) {
        if (answer.outcome() == Funding.Outcome.STALE) {
            return Uni.createFrom().item(taken);
        }
        long total = answer.hold() == null ? proofUsed : answer.hold().usedMillis();
        LOG.infof("Session taken over; it ends: sessionId=%s usedMillis=%d", taken.id(), total);
        return writes.change(
                taken,
                (current, now) -> current.state() instanceof Resuming && current.isOwnedBy(taken.owner())
                        ? current.end(EndReason.OWNER_LOST, total, now)
                        : null);
    }
}
