package io.drawdown.billing.run.engine;

import io.drawdown.billing.run.RunSettings;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.kit.trace.Spans;

/** What every run of this instance uses. */
public record RunTools(
        Processes processes, RunSettings settings, RunMonitor monitor, Spans spans, Time time, Scheduler scheduler) {

    /** For a dry run: it is in no figure. */
    RunTools unheard() {
        return new RunTools(processes, settings, RunMonitor.NONE, spans, time, scheduler);
    }
}
