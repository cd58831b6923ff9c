package io.drawdown.credits.commit;

import io.drawdown.credits.ledger.AccountOutbox;
import io.drawdown.credits.ledger.LedgerStore;
import io.drawdown.credits.metrics.CoreMetrics;
import io.drawdown.credits.store.AccountCache;
import io.drawdown.credits.store.AccountStore;
import io.drawdown.kit.trace.Spans;

/**
 * What a {@link GroupCommit} works on.
 *
 * @param ledger asked for keys that have left their account's ring, and for the rows of repeated commands
 * @param outbox takes the committed entries on
 * @param spans a span is started for each write that serves a traced request
 * @param cache documents that propose a write without being read
 */
public record CommitPorts(
        AccountStore accounts,
        LedgerStore ledger,
        AccountOutbox outbox,
        AccountCache cache,
        CoreMetrics metrics,
        Spans spans) {}
