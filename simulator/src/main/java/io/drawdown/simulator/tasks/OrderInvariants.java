package io.drawdown.simulator.tasks;

import io.drawdown.simulator.world.Findings;
import io.drawdown.simulator.world.SimulationContext;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Processing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tasks of one order key run one at a time, in the order in which they were accepted. */
final class OrderInvariants {

    private final Findings findings;
    private final Map<String, TaskDocument> tasks = new TreeMap<>();
    private final Map<String, List<String>> earlier = new TreeMap<>();
    private final Map<String, List<String>> accepted = new TreeMap<>();

    OrderInvariants(SimulationContext context, TasksStores stores) {
        this.findings = context.findings;
        stores.tasks().whenCommitted((id, task) -> committed(task));
    }

    /** A task with this key is about to be sent: those that are known to be accepted come before it. */
    List<String> before(String orderKey) {
        return List.copyOf(accepted.getOrDefault(orderKey, List.of()));
    }

    /** The task was accepted; those were accepted before it was sent. */
    void accepted(String orderKey, String id, List<String> before) {
        accepted.computeIfAbsent(orderKey, first -> new ArrayList<>()).add(id);
        earlier.put(id, before);
    }

    private void committed(TaskDocument next) {
        TaskDocument before = tasks.put(next.id(), next);
        boolean isStart =
                next.state() instanceof Processing && (before == null || !(before.state() instanceof Processing));
        if (next.order() == null || !isStart) {
            return;
        }
        for (TaskDocument other : tasks.values()) {
            findings.expect(
                    other.id().equals(next.id())
                            || other.order() == null
                            || !other.order().key().equals(next.order().key())
                            || !(other.state() instanceof Processing),
                    "tasks of one order key run one at a time",
                    () -> next + " runs beside " + other);
        }
        if (next.counters().life() == 1) {
            earlier.getOrDefault(next.id(), List.of()).forEach(id -> isOver(id, next));
        }
    }

    private void isOver(String id, TaskDocument next) {
        TaskDocument other = tasks.get(id);
        findings.expect(
                other == null || other.isOver() || other.counters().life() > 1,
                "a task of an order key starts after all that were accepted before it are over",
                () -> next.id() + " starts while " + other);
    }
}
