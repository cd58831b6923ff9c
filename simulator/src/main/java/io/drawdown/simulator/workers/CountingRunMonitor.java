package io.drawdown.simulator.workers;

import io.drawdown.checkpoints.runs.Run;
import io.drawdown.checkpoints.runs.RunMonitor;
import io.drawdown.simulator.world.SimulationContext;

/** Counts what a worker does. */
record CountingRunMonitor(SimulationContext context) implements RunMonitor {

    @Override
    public void emitted(int readings) {
        context.counts.add("checkpoint of a session", readings);
    }

    @Override
    public void failed(Throwable fault) {
        context.counts.count("checkpoint record did not get through");
    }

    @Override
    public void overflowed() {
        context.counts.count("session beyond the room of a worker");
    }

    @Override
    public void completed(Run run, boolean late) {
        context.counts.count(late ? "late checkpoint cycle" : "checkpoint cycle");
    }

    @Override
    public void runLost(Throwable fault) {
        context.counts.count("summary of a cycle lost");
    }
}
