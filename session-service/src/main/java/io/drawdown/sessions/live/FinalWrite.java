package io.drawdown.sessions.live;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.MeterReading;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.kit.trace.CurrentWork;
import io.drawdown.sessions.document.Bill;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionDocument.Owner;
import io.drawdown.sessions.document.SessionState.Running;
import io.drawdown.sessions.funding.Releases;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes the end of a session, or its hand-over, again and again until the store has it, this one or another's, or its
 * owner does not want it any more. Then releases what an ended session holds, and waits a moment for what it cost.
 */
public final class FinalWrite {

    private static final Logger LOG = Logger.getLogger(FinalWrite.class);
    private static final Duration WRITE_AGAIN = Duration.ofSeconds(1);

    private final GuardedWrites<SessionDocument> writes;
    private final Releases releases;
    private final Time time;
    private final Scheduler scheduler;

    public FinalWrite(GuardedWrites<SessionDocument> writes, Releases releases, Time time, Scheduler scheduler) {
        this.writes = writes;
        this.releases = releases;
        this.time = time;
        this.scheduler = scheduler;
    }

    /** The owner who ends a session or hands it over. */
    interface Ender {
        /** Whether the last write is still to be done and told. */
        boolean isClosing();

        /** The store has it. Told once, unless the owner stopped closing. */
        void written(SessionDocument stored);
    }

    /**
     * What an owner decides once.
     *
     * @param bill what the session cost, if that is known: then nothing is waited for
     */
    record End(EndReason reason, long usedMillis, @Nullable Bill bill) {}

    /** @param seen the session as its owner knows it */
    void write(SessionDocument seen, End end, Ender ender) {
        Owner owner = seen.owner();
        Instant at = time.now();
        write(
                seen,
                (current, _) -> current.isOpen() && current.isOwnedBy(owner)
                        ? current.endedBy(seen.origin().endTrace()).end(end.reason(), end.usedMillis(), at)
                        : null,
                end.bill(),
                ender);
    }

    /** If someone wants the session to end, it ends instead: nobody owns it afterwards. */
    void handOver(SessionDocument seen, MeterReading total, Ender ender) {
        Owner owner = seen.owner();
        write(
                seen,
                (current, now) -> {
                    if (!(current.state() instanceof Running) || !current.isOwnedBy(owner)) {
                        return null;
                    }
                    EndReason wanted = current.endWanted();
                    return wanted == null ? current.handOver(total, now) : current.end(wanted, total.usedMillis(), now);
                },
                null,
                ender);
    }

    private void write(
            SessionDocument seen, GuardedWrites.Rule<SessionDocument> rule, @Nullable Bill bill, Ender ender) {
        writes.change(seen, rule).subscribe().with(stored -> release(stored, bill, ender), fault -> {
            CurrentWork.within(
                    seen.origin().endTrace(),
                    () -> LOG.warnf("Last write of a session not done yet: sessionId=%s fault=%s", seen.id(), fault));
            scheduler.after(WRITE_AGAIN, () -> writeAgain(seen, rule, bill, ender));
        });
    }

    private void writeAgain(
            SessionDocument seen, GuardedWrites.Rule<SessionDocument> rule, @Nullable Bill bill, Ender ender) {
        if (ender.isClosing()) {
            write(seen, rule, bill, ender);
        }
    }

    private void release(SessionDocument stored, @Nullable Bill bill, Ender ender) {
        Uni<SessionDocument> released = releases.release(stored);
        if (bill == null) {
            released.subscribe().with(billed -> tell(billed, ender));
        } else {
            released.subscribe().with(billed -> {});
            tell(stored.isUnbilled() ? stored.billed(bill) : stored, ender);
        }
    }

    private static void tell(SessionDocument ended, Ender ender) {
        if (ender.isClosing()) {
            ender.written(ended);
        }
    }
}
