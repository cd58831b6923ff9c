package io.drawdown.tasks;

import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.lease.IncarnationStore;
import io.drawdown.tasks.run.Handlers;
import io.drawdown.tasks.run.Hints;
import io.drawdown.tasks.run.RunMonitor;
import io.drawdown.tasks.store.OrderKeyStore;
import io.drawdown.tasks.store.QueueStore;
import io.drawdown.tasks.store.TaskStore;

/** Everything outside the core that it talks to. */
public record TasksPorts(
        TaskStore tasks,
        OrderKeyStore orderKeys,
        QueueStore queues,
        IncarnationStore incarnations,
        EventPublisher events,
        Handlers handlers,
        RunMonitor monitor,
        Hints hints) {}
