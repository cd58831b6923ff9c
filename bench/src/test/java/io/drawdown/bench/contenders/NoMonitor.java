package io.drawdown.bench.contenders;

import io.drawdown.tasks.run.RunMonitor;

/** The bench counts for itself. */
final class NoMonitor implements RunMonitor {

    @Override
    public void started(String type) {}

    @Override
    public void finished(String type) {}

    @Override
    public void lost(String type) {
        throw new IllegalStateException("a run was lost");
    }

    @Override
    public void abandoned(String type) {}

    @Override
    public void dropped(String type) {}
}
