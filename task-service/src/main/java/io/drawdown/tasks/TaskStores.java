package io.drawdown.tasks;

import io.drawdown.kit.lease.IncarnationStore;
import io.drawdown.tasks.store.CounterStore;
import io.drawdown.tasks.store.OrderKeyStore;
import io.drawdown.tasks.store.QueueStore;
import io.drawdown.tasks.store.TaskStore;

/** The database as the core needs it. */
public record TaskStores(
        TaskStore tasks,
        OrderKeyStore orderKeys,
        QueueStore queues,
        CounterStore counters,
        IncarnationStore incarnations) {}
