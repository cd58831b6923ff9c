package io.drawdown.simulator.billing;

import io.drawdown.billing.run.RunDocument;
import io.drawdown.billing.run.engine.RunMonitor;
import io.drawdown.contracts.BatchRunEvent;
import io.drawdown.simulator.world.Counts;
import java.time.Duration;

/** Counts what becomes of runs. */
record CountingRuns(Counts counts) implements RunMonitor {

    @Override
    public void ended(RunDocument run) {
        counts.count("batch run ended");
    }

    @Override
    public void ended(String process, BatchRunEvent.State state, Duration took) {
        counts.count("batch process " + state);
    }

    @Override
    public void late() {
        counts.count("batch run late");
    }

    @Override
    public void takenOver() {
        counts.count("batch run taken over");
    }
}
