package io.drawdown.billing.run.engine;

import io.drawdown.billing.run.RunSettings;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;

/** What every run of this instance uses. */
public record RunTools(Processes processes, RunSettings settings, RunMonitor monitor, Time time, Scheduler scheduler) {

    /** For a dry run: it is in no figure. */
    RunTools unheard() {
        return new RunTools(processes, settings, RunMonitor.NONE, time, scheduler);
    }
}
