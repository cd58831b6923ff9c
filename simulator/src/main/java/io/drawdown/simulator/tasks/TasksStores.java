package io.drawdown.simulator.tasks;

import io.drawdown.simulator.leases.Leases;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.SimulationContext;
import io.drawdown.simulator.world.Table;
import io.drawdown.tasks.TasksCore;
import io.drawdown.tasks.task.TaskDocument;

/** The database of task-service. */
public record TasksStores(Database database, Table<TaskDocument> tasks, Table<Long> orderKeys, Leases leases) {

    static TasksStores of(SimulationContext context) {
        Database database = new Database(context.timeline, context.random("tasks database"));
        return new TasksStores(
                database, new Table<>(database), new Table<>(database), Leases.in(database, TasksCore.LEASE));
    }
}
