package io.drawdown.simulator.tasks;

import io.drawdown.simulator.broker.UnpublishedEvents;
import io.drawdown.simulator.world.Process;
import io.drawdown.tasks.TasksCore;

/** One process of task-service. */
record TasksProcess(Process process, TasksCore core, UnpublishedEvents owed) {}
