package io.drawdown.simulator.tasks;

import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.world.Findings;
import io.drawdown.simulator.world.SimulationContext;
import io.drawdown.tasks.task.TaskDocument;
import java.util.Map;
import java.util.TreeMap;

/** Every event of a task is published, and none before the one that precedes it. */
final class TaskEventInvariants {

    private final Findings findings;
    private final Map<String, Long> published = new TreeMap<>();
    private final TasksStores stores;

    TaskEventInvariants(SimulationContext context, Broker broker, TasksStores stores) {
        this.findings = context.findings;
        this.stores = stores;
        broker.whenPublished(this::published);
    }

    private void published(Topic topic, CloudEvent event) {
        if (!topic.equals(Topic.TASK_LIFECYCLE)) {
            return;
        }
        long seq = Long.parseLong(event.id().substring(event.id().lastIndexOf(':') + 1));
        long before = published.getOrDefault(event.subject(), 0L);
        findings.expect(
                seq <= before + 1,
                "no event of a task is published before the one that precedes it",
                () -> event.id() + " is published after " + before);
        published.put(event.subject(), Math.max(before, seq));
    }

    void checkAtRest() {
        for (TaskDocument task : stores.tasks().all()) {
            findings.expect(
                    published.getOrDefault(task.id(), 0L) == task.outbox().seq(),
                    "every event of a task is published",
                    () -> "published up to " + published.get(task.id()) + " of " + task);
        }
    }
}
