package io.drawdown.tasks;

import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.lease.IncarnationStore;
import io.drawdown.tasks.run.Handlers;
import io.drawdown.tasks.run.Hints;
import io.drawdown.tasks.run.RunMonitor;
import io.drawdown.tasks.store.CounterStore;
import io.drawdown.tasks.store.OrderKeyStore;
import io.drawdown.tasks.store.QueueStore;
import io.drawdown.tasks.store.TaskStore;

/** Everything outside the core that it talks to. */
public record TasksPorts(TaskStores stores, EventPublisher events, Handlers handlers, RunMonitor monitor, Hints hints) {

    TaskStore tasks() {
        return stores.tasks();
    }

    OrderKeyStore orderKeys() {
        return stores.orderKeys();
    }

    QueueStore queues() {
        return stores.queues();
    }

    CounterStore counters() {
        return stores.counters();
    }

    IncarnationStore incarnations() {
        return stores.incarnations();
    }
}
