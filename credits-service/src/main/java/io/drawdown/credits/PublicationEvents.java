package io.drawdown.credits;

import io.drawdown.credits.commit.CoreMetrics;
import io.drawdown.credits.commit.GroupCommit;
import io.drawdown.credits.ledger.LedgerRow;
import io.drawdown.credits.ledger.Publication;
import io.drawdown.credits.rules.Command;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** What entries meet on their way to the ledger and to the broker. */
final class PublicationEvents implements Publication.Listener {

    private static final Logger LOG = Logger.getLogger(PublicationEvents.class);

    private final CoreMetrics metrics;
    private final Supplier<GroupCommit> commits;

    PublicationEvents(CoreMetrics metrics, Supplier<GroupCommit> commits) {
        this.metrics = metrics;
        this.commits = commits;
    }

    @Override
    public void recorded(int rows, int found) {
        metrics.recorded(rows, found);
    }

    @Override
    public void conflict(String accountId, long seq) {
        LOG.errorf("Another ledger row stands at %s: the account is suspended", LedgerRow.idOf(accountId, seq));
        metrics.ledgerConflict(accountId, seq);
        commits.get()
                .submit(new Command.Suspend(accountId, "ledger conflict at " + seq))
                .subscribe()
                .with(reply -> {}, fault -> LOG.warnf("Not suspended yet, tried again: %s", fault));
    }

    @Override
    public void trimmed(String accountId, long drainedTo) {
        commits.get().trimmed(accountId, drainedTo);
    }
}
