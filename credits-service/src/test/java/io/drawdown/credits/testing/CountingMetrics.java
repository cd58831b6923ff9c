package io.drawdown.credits.testing;

import io.drawdown.credits.metrics.CoreMetrics;
import java.util.ArrayList;
import java.util.List;

/** Counts. */
public final class CountingMetrics implements CoreMetrics {

    public int beyondFunded;
    public int futureEpochs;
    public int racesLost;
    public int rows;
    public int rowsFound;
    public int shortOfHeld;
    public int shortOfSpent;
    public final List<Integer> groups = new ArrayList<>();
    public final List<String> conflicts = new ArrayList<>();

    @Override
    public void usageBeyondFunded() {
        beyondFunded++;
    }

    @Override
    public void futureEpoch() {
        futureEpochs++;
    }

    @Override
    public void insufficient(boolean isHeld) {
        if (isHeld) {
            shortOfHeld++;
        } else {
            shortOfSpent++;
        }
    }

    @Override
    public void committed(int operations) {
        groups.add(operations);
    }

    @Override
    public void recorded(int written, int found) {
        rows += written;
        rowsFound += found;
    }

    @Override
    public void raceLost() {
        racesLost++;
    }

    @Override
    public void ledgerConflict(String accountId, long seq) {
        conflicts.add(accountId + ":" + seq);
    }
}
