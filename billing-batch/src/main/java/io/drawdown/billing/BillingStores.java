package io.drawdown.billing;

import io.drawdown.billing.run.store.MongoProcesses;
import io.drawdown.billing.run.store.MongoRunner;
import io.drawdown.billing.run.store.MongoRuns;
import io.drawdown.billing.run.store.RunStores;
import io.drawdown.kit.lease.MongoIncarnations;
import io.drawdown.kit.store.Database;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The database of this service, for its core. */
@Singleton
final class BillingStores {

    @Produces
    @Singleton
    RunStores runs(MongoRunner runner, MongoRuns runs, MongoProcesses processes, Database database) {
        return new RunStores(runner, runs, processes, new MongoIncarnations(database));
    }
}
