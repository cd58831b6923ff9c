package io.drawdown.simulator.credits;

import io.drawdown.credits.accounts.Vitals;
import io.drawdown.simulator.world.Ground;

/** What the core counts; what must not be is a finding. */
record CountedVitals(Ground ground) implements Vitals {

    @Override
    public void usageBeyondFunded() {
        ground.findings.expect(
                false, "nobody is served past what is funded", () -> "a total above the funding was told");
    }

    @Override
    public void futureEpoch() {
        ground.findings.expect(
                false, "no owner acts in an epoch that was never given", () -> "a future epoch was told");
    }

    @Override
    public void insufficient(boolean isHeld) {
        ground.counts.count(isHeld ? "insufficient, but for what is held" : "insufficient");
    }

    @Override
    public void committed(int operations) {
        ground.counts.count(operations > 1 ? "write of several operations" : "write of one operation");
    }

    @Override
    public void recorded(int rows, int found) {
        ground.counts.count(found > 0 ? "relay rows found" : "relay rows new");
    }

    @Override
    public void raceLost() {
        ground.counts.count("race lost");
    }

    @Override
    public void ledgerConflict(String accountId, long seq) {
        ground.counts.count("ledger conflict");
    }
}
