package io.drawdown.credits.commit;

import io.drawdown.kit.store.HandedWrites;
import java.util.List;

/** Commands to one account that are decided together and go into one write. */
final class CommandBatch {

    private final String accountId;
    private final List<PendingCommand<?>> commands;
    private final HandedWrites unresolvedWrites = new HandedWrites();
    private boolean mayPropose = true;
    private int tries;

    CommandBatch(String accountId, List<PendingCommand<?>> commands) {
        this.accountId = accountId;
        this.commands = commands;
        commands.forEach(pending -> pending.joins(this));
    }

    String accountId() {
        return accountId;
    }

    /** The writes of this batch whose outcome is not known yet. */
    HandedWrites unresolvedWrites() {
        return unresolvedWrites;
    }

    /** Whether a remembered document may still be taken for the current one. */
    boolean mayPropose() {
        return mayPropose;
    }

    /** From now on only a document that is read for this batch counts. */
    void requireFreshRead() {
        mayPropose = false;
    }

    /** One more try has failed; how many that were. */
    int countTry() {
        return ++tries;
    }

    int tries() {
        return tries;
    }

    /** Fails the commands whose deadline has passed. They are in no later write. */
    void dropLate() {
        for (PendingCommand<?> pending : commands) {
            if (pending.isLate()) {
                pending.failLate();
            }
        }
    }

    /** The commands that are not answered yet. One whose deadline has passed is answered, and is never written. */
    List<PendingCommand<?>> open() {
        return commands.stream().filter(pending -> !pending.isAnswered()).toList();
    }

    void failAll(Throwable fault) {
        open().forEach(pending -> pending.fail(fault));
    }
}
