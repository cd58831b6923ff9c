package io.drawdown.tasks.testing;

import io.drawdown.tasks.run.RunMonitor;

/** Counts what becomes of runs. */
public final class CountedRuns implements RunMonitor {

    public int started;
    public int finished;
    public int lost;
    public int abandoned;
    public int dropped;

    @Override
    public void started(String type) {
        started++;
    }

    @Override
    public void finished(String type) {
        finished++;
    }

    @Override
    public void lost(String type) {
        lost++;
    }

    @Override
    public void abandoned(String type) {
        abandoned++;
    }

    @Override
    public void dropped(String type) {
        dropped++;
    }
}
