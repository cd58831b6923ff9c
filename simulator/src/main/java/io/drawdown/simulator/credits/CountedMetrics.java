package io.drawdown.simulator.credits;

import io.drawdown.credits.metrics.CoreMetrics;
import io.drawdown.simulator.world.SimulationContext;

/** Counts what the core counts. A count that must stay 0 is a finding. */
record CountedMetrics(SimulationContext context) implements CoreMetrics {

    @Override
    public void usageBeyondFunded() {
        context.findings.expect(
                false, "nobody is served past what is funded", () -> "a total above the funding was told");
    }

    @Override
    public void futureEpoch() {
        context.findings.expect(
                false, "no owner acts in an epoch that was never given", () -> "a future epoch was told");
    }

    @Override
    public void insufficient(boolean isHeld) {
        context.counts.count(isHeld ? "insufficient, but for what is held" : "insufficient");
    }

    @Override
    public void committed(int operations) {
        context.counts.count(operations > 1 ? "write of several operations" : "write of one operation");
    }

    @Override
    public void recorded(int rows, int found) {
        context.counts.count(found > 0 ? "relay rows found" : "relay rows new");
    }

    @Override
    public void raceLost() {
        context.counts.count("race lost");
    }

    @Override
    public void ledgerConflict(String accountId, long seq) {
        context.counts.count("ledger conflict");
    }
}
