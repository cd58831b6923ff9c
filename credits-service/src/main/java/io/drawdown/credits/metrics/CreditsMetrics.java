package io.drawdown.credits.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;

/** What the core counts, as metrics. */
public final class CreditsMetrics implements CoreMetrics {

    private final Counter usageBeyondFunded;
    private final Counter futureEpochs;
    private final Counter racesLost;
    private final Counter ledgerConflicts;
    private final Counter rows;
    private final Counter rowsFound;
    private final Counter shortOfHeld;
    private final Counter shortOfSpent;
    private final DistributionSummary groups;

    public CreditsMetrics(MeterRegistry metrics) {
        usageBeyondFunded = metrics.counter("drawdown.usage.beyond.funded");
        futureEpochs = metrics.counter("drawdown.usage.future.epoch");
        shortOfHeld = metrics.counter("drawdown.insufficient", "held", "true");
        shortOfSpent = metrics.counter("drawdown.insufficient", "held", "false");
        racesLost = metrics.counter("drawdown.commit.races.lost");
        ledgerConflicts = metrics.counter("drawdown.ledger.conflicts");
        rows = metrics.counter("drawdown.relay.rows");
        rowsFound = metrics.counter("drawdown.relay.rows.found");
        groups = metrics.summary("drawdown.commit.operations");
    }

    @Override
    public void usageBeyondFunded() {
        usageBeyondFunded.increment();
    }

    @Override
    public void futureEpoch() {
        futureEpochs.increment();
    }

    @Override
    public void insufficient(boolean isHeld) {
        (isHeld ? shortOfHeld : shortOfSpent).increment();
    }

    @Override
    public void committed(int operations) {
        groups.record(operations);
    }

    @Override
    public void recorded(int written, int found) {
        rows.increment(written);
        rowsFound.increment(found);
    }

    @Override
    public void raceLost() {
        racesLost.increment();
    }

    @Override
    public void ledgerConflict(String accountId, long seq) {
        ledgerConflicts.increment();
    }
}
