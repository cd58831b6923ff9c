package io.drawdown.simulator.workers;

import io.drawdown.checkpoints.runs.Run;
import io.drawdown.checkpoints.runs.RunMonitor;
import io.drawdown.simulator.world.Ground;

/** What a worker counts. */
record CountedRuns(Ground ground) implements RunMonitor {

    @Override
    public void emitted(int readings) {
        ground.counts.add("checkpoint of a session", readings);
    }

    @Override
    public void failed(Throwable fault) {
        ground.counts.count("checkpoint record did not get through");
    }

    @Override
    public void overflowed() {
        ground.counts.count("session beyond the room of a worker");
    }

    @Override
    public void completed(Run run, boolean late) {
        ground.counts.count(late ? "late checkpoint cycle" : "checkpoint cycle");
    }

    @Override
    public void summaryLost(Throwable fault) {
        ground.counts.count("summary of a cycle lost");
    }
}
