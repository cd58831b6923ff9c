package io.drawdown.tasks.run;

import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.tasks.config.TaskTypes;
import io.drawdown.tasks.store.TaskStore;
import io.drawdown.tasks.task.TaskDocument;
import java.util.random.RandomGenerator;

/** What a run works with. */
public record RunPorts(
        TaskStore store,
        GuardedWrites<TaskDocument> writes,
        Handlers handlers,
        TaskTypes types,
        RunMonitor monitor,
        Time time,
        Scheduler scheduler,
        RandomGenerator random) {}
