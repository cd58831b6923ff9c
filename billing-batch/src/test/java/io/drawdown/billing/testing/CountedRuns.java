package io.drawdown.billing.testing;

import io.drawdown.billing.run.RunDocument;
import io.drawdown.billing.run.engine.RunMonitor;
import io.drawdown.contracts.BatchRunEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What was told of runs. */
public final class CountedRuns implements RunMonitor {

    public final List<RunDocument> ended = new ArrayList<>();
    public final List<String> processes = new ArrayList<>();
    public int late;
    public int takenOver;

    @Override
    public void ended(RunDocument run) {
        ended.add(run);
    }

    @Override
    public void ended(String process, BatchRunEvent.State state, Duration took) {
        processes.add(process + " " + state + " after " + took.toSeconds() + " s");
    }

    @Override
    public void late() {
        late++;
    }

    @Override
    public void takenOver() {
        takenOver++;
    }
}
