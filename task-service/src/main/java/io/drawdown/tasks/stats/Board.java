package io.drawdown.tasks.stats;

import io.drawdown.tasks.store.InstanceCounters.StateTally;
import io.drawdown.tasks.task.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What this process knows without asking.
 *
 * @param depths of all processes, as of the latest renewal
 * @param oldest since when the task has waited that waits the longest, by type
 * @param own what this process has done
 */
public record Board(Depths depths, Map<String, Instant> oldest, List<StateTally> own) {

    /** Before anything is known. */
    public static final Board NONE = new Board(Depths.NONE, Map.of(), List.of());

    /** How many tasks of the type this process brought to that end. */
    public long ended(String type, TaskState.Name end) {
        return own.stream()
                .filter(each -> each.type().equals(type) && each.state() == end)
                .mapToLong(StateTally::entered)
                .sum();
    }
}
