package io.drawdown.credits.commit;

import io.drawdown.kit.store.HandedWrites;
import io.drawdown.kit.time.Time;
import java.util.List;

/** Operations on one account that are decided together and go into one write. */
final class CommandBatch {

    final String accountId;
    /** Whether a remembered document may still be taken for the current one. */
    boolean mayPropose = true;
    /** Its writes of which nobody knows whether they happened. */
    final HandedWrites handed = new HandedWrites();

    int tries;
    private final List<PendingCommand> works;

    CommandBatch(String accountId, List<PendingCommand> works) {
        this.accountId = accountId;
        this.works = works;
        works.forEach(pending -> pending.joins(this));
    }

    /** Whoever is late by now is answered, and in no write from now on. */
    void dropLate(Time time) {
        for (PendingCommand pending : works) {
            if (pending.isLate(time)) {
                pending.failLate();
            }
        }
    }

    /** Those that nobody answered yet; one whose deadline passed was answered and is never written. */
    List<PendingCommand> open() {
        return works.stream().filter(pending -> !pending.isAnswered()).toList();
    }

    void failAll(Throwable fault) {
        open().forEach(pending -> pending.fail(fault));
    }
}
