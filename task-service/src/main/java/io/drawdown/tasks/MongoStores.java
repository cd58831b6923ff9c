package io.drawdown.tasks;

import io.drawdown.kit.lease.MongoIncarnations;
import io.drawdown.kit.store.Database;
import io.drawdown.tasks.store.CounterStore;
import io.drawdown.tasks.store.OrderKeyStore;
import io.drawdown.tasks.store.QueueStore;
import io.drawdown.tasks.store.TaskStore;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The database of this service, for its core. */
@Singleton
final class MongoStores {

    @Produces
    @Singleton
    TaskStores stores(
            TaskStore tasks, OrderKeyStore orderKeys, QueueStore queues, CounterStore counters, Database database) {
        return new TaskStores(tasks, orderKeys, queues, counters, new MongoIncarnations(database));
    }
}
