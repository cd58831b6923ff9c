package io.drawdown.simulator.tasks;

import io.drawdown.simulator.leases.Leases;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.SimulationContext;
import io.drawdown.simulator.world.Table;
import io.drawdown.tasks.TasksCore;
import io.drawdown.tasks.store.InstanceCounters;
import io.drawdown.tasks.store.Recounted;
import io.drawdown.tasks.task.TaskDocument;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The database of task-service.
 *
 * @param active the tasks that are not over, or whose events are not published, as a majority has them
 */
public record TasksStores(
        Database database,
        Table<TaskDocument> tasks,
        SortedMap<String, TaskDocument> active,
        Table<Long> orderKeys,
        Table<Boolean> queues,
        Table<InstanceCounters> counters,
        Table<Recounted> recounts,
        Leases leases) {

    static TasksStores of(SimulationContext context) {
        Database database = new Database(context.timeline, context.random("tasks database"));
        Table<TaskDocument> tasks = new Table<>(database);
        SortedMap<String, TaskDocument> active = new TreeMap<>();
        tasks.whenCommitted((id, task) -> {
            if (task.isOver() && task.outbox().pending() == null) {
                active.remove(id);
            } else {
                active.put(id, task);
            }
        });
        return new TasksStores(
                database,
                tasks,
                active,
                new Table<>(database),
                new Table<>(database),
                new Table<>(database),
                new Table<>(database),
                Leases.in(database, TasksCore.LEASE));
    }
}
