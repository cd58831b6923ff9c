package io.drawdown.simulator.owners;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.MeterReading;
import org.jspecify.annotations.Nullable;

/**
 * Who has a session, as stored: replaced as a whole, guarded by {@code rev}, so that an epoch has one owner.
 *
 * @param owner the process that has it
 * @param proof of the former owner's total, once and for all of this takeover
 * @param running whether its start was granted
 * @param end how it ended, if it has
 */
record Tenure(
        String session,
        long rev,
        String account,
        String kind,
        long epoch,
        String owner,
        @Nullable MeterReading proof,
        boolean running,
        @Nullable End end) {

    /** The last word of its last owner. */
    record End(EndReason reason, long totalMillis) {}

    static Tenure first(String session, String account, String kind, String owner) {
        return new Tenure(session, 1, account, kind, 1, owner, null, false, null);
    }

    boolean isOf(String process) {
        return owner.equals(process);
    }

    Tenure run() {
        return new Tenure(session, rev + 1, account, kind, epoch, owner, proof, true, null);
    }

    Tenure takenBy(String taker, @Nullable MeterReading found) {
        return new Tenure(session, rev + 1, account, kind, epoch + 1, taker, found, running, null);
    }

    Tenure endedBy(EndReason reason, long totalMillis) {
        return new Tenure(session, rev + 1, account, kind, epoch, owner, proof, running, new End(reason, totalMillis));
    }
}
