package io.drawdown.simulator.tasks;

import io.drawdown.simulator.world.Counts;
import io.drawdown.tasks.run.RunMonitor;

/** Counts what becomes of runs. */
record CountingRuns(Counts counts) implements RunMonitor {

    @Override
    public void started(String type) {
        counts.count("run started");
    }

    @Override
    public void finished(String type) {
        counts.count("run finished");
    }

    @Override
    public void lost(String type) {
        counts.count("run lost");
    }

    @Override
    public void abandoned(String type) {
        counts.count("run abandoned");
    }

    @Override
    public void dropped(String type) {
        counts.count("run dropped");
    }
}
