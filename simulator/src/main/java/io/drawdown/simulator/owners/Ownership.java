package io.drawdown.simulator.owners;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.MeterReading;
import org.jspecify.annotations.Nullable;

/**
 * The stored owner of a session. The document is replaced as a whole, guarded by {@code rev}, so that an epoch has one
 * owner.
 *
 * @param owner the process that owns the session
 * @param proof of the former owner's total, fixed at the takeover
 * @param running whether its start was granted
 * @param end how it ended, if it has
 */
// More than 8 components: a stored document.
record Ownership(
        String session,
        long rev,
        String account,
        String kind,
        long epoch,
        String owner,
        @Nullable MeterReading proof,
        boolean running,
        @Nullable End end) {

    /** The end that the last owner stored. */
    record End(EndReason reason, long totalMillis) {}

    static Ownership first(String session, String account, String kind, String owner) {
        return new Ownership(session, 1, account, kind, 1, owner, null, false, null);
    }

    boolean isOf(String process) {
        return owner.equals(process);
    }

    /** Whether the owner is the one of that document, and the session has not ended. */
    boolean isStill(Ownership taken) {
        return end == null && epoch == taken.epoch && isOf(taken.owner);
    }

    Ownership run() {
        return new Ownership(session, rev + 1, account, kind, epoch, owner, proof, true, null);
    }

    Ownership takenBy(String taker, @Nullable MeterReading found) {
        return new Ownership(session, rev + 1, account, kind, epoch + 1, taker, found, running, null);
    }

    Ownership endedBy(EndReason reason, long totalMillis) {
        return new Ownership(
                session, rev + 1, account, kind, epoch, owner, proof, running, new End(reason, totalMillis));
    }
}
