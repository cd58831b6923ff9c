package io.drawdown.sessions.resume;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.MeterReading;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.sessions.document.SessionState.Resuming;
import io.drawdown.sessions.document.SessionState.Running;
import io.drawdown.sessions.live.FundedStart;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes over one session for its client. The document names this instance, the next epoch and the proof. Now
 * credits-service raises the epoch of the hold and settles to the proof, and the session goes on from that answer: never
 * from a total of this instance's own. Each step is repeated until it is done, or until another owner has the session.
 */
final class Resumption {

    private static final Logger LOG = Logger.getLogger(Resumption.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Resumptions all;
    private final SessionDocument taken;
    private final ReturningClient client;
    private final @Nullable MeterReading proof;
    private boolean over;

    Resumption(Resumptions all, SessionDocument taken, ReturningClient client) {
        this.all = all;
        this.taken = taken;
        this.client = client;
        this.proof = taken.state() instanceof Resuming resuming ? resuming.proof() : null;
    }

    String id() {
        return taken.id();
    }

    void askForHold() {
        long epoch = taken.owner().epoch();
        Funding.Takeover request = new Funding.Takeover(
                taken.origin().accountId(),
                epoch,
                Optional.ofNullable(proof).map(MeterReading::epoch).orElse(epoch - 1),
                usedByProof());
        Uni.createFrom()
                .deferred(() -> all.credits().takeover(id(), request))
                .subscribe()
                .with(this::answered, fault -> again(fault, this::askForHold));
    }

    private long usedByProof() {
        return proof == null ? 0 : proof.usedMillis();
    }

    private void again(Throwable fault, Runnable step) {
        LOG.infof("Takeover not done yet, tried again: sessionId=%s fault=%s", id(), fault);
        all.scheduler().after(AGAIN, () -> {
            if (!over) {
                step.run();
            }
        });
    }

    private void answered(Funding.Answer answer) {
        if (over) {
            return;
        }
        switch (answer.outcome()) {
            case FUNDED, ENDING, EXHAUSTED, SUSPENDED -> run(answer);
            case STALE -> replaced();
            case NO_HOLD, REFUSED, CANCELLED, RELEASED -> end(answer);
        }
    }

    private void run(Funding.Answer answer) {
        if (answer.hold() == null || answer.account() == null) {
            throw new IllegalStateException("a takeover was answered without its hold: " + id());
        }
        all.writes()
                .change(taken, (current, _) -> isMine(current) ? current.resume() : null)
                .subscribe()
                .with(stored -> written(stored, answer), fault -> again(fault, () -> run(answer)));
    }

    /** credits-service has no hold of it, so it cannot go on. */
    private void end(Funding.Answer answer) {
        long total = answer.hold() == null ? usedByProof() : answer.hold().usedMillis();
        all.writes()
                .change(taken, (current, now) -> isMine(current) ? current.end(EndReason.OWNER_LOST, total, now) : null)
                .subscribe()
                .with(stored -> written(stored, answer), fault -> again(fault, () -> end(answer)));
    }

    private boolean isMine(SessionDocument current) {
        return current.state() instanceof Resuming && current.isOwnedBy(taken.owner());
    }

    private void written(SessionDocument stored, Funding.Answer answer) {
        if (over) {
            return;
        }
        if (stored.state() instanceof Running && stored.isOwnedBy(taken.owner())) {
            over = true;
            all.live(this, new FundedStart(stored, answer, null), client);
        } else if (stored.state() instanceof Ended) {
            over = true;
            all.ended(this, stored, client);
        } else {
            replaced();
        }
    }

    /** Another owner has it: nothing is written. */
    private void replaced() {
        over = true;
        all.over(this);
        client.tellReplaced();
    }

    void fenced() {
        over = true;
        all.over(this);
        client.tellRestarting();
    }
}
