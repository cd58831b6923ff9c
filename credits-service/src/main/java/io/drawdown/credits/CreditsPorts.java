package io.drawdown.credits;

import io.drawdown.credits.checks.CheckStore;
import io.drawdown.credits.ledger.LedgerStore;
import io.drawdown.credits.metrics.CoreMetrics;
import io.drawdown.credits.store.AccountStore;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.trace.Spans;

/** What the core needs of the world. Every port answers on the core's thread. */
public record CreditsPorts(
        AccountStore accounts,
        LedgerStore ledger,
        CheckStore checks,
        EventPublisher publisher,
        CoreMetrics metrics,
        Spans spans) {

    /** Where no spans are started. */
    public CreditsPorts(
            AccountStore accounts,
            LedgerStore ledger,
            CheckStore checks,
            EventPublisher publisher,
            CoreMetrics metrics) {
        this(accounts, ledger, checks, publisher, metrics, Spans.NONE);
    }
}
