package io.drawdown.simulator.billing;

import io.drawdown.billing.BillingCore;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.TeamDocument;
import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.billing.run.ProcessDocument;
import io.drawdown.billing.run.RunDocument;
import io.drawdown.billing.run.RunnerDocument;
import io.drawdown.simulator.leases.Leases;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.SimulationContext;
import io.drawdown.simulator.world.Table;

/** The database of billing-batch. */
record BillingStores(
        Database database,
        Table<ItemDocument> items,
        Table<TeamDocument> teams,
        Table<PayerDocument> payers,
        Table<RunnerDocument> runner,
        Table<RunDocument> runs,
        Table<ProcessDocument> processes,
        Leases leases) {

    static BillingStores of(SimulationContext context) {
        Database database = new Database(context.timeline, context.random("billing database"));
        return new BillingStores(
                database,
                new Table<>(database),
                new Table<>(database),
                new Table<>(database),
                new Table<>(database),
                new Table<>(database),
                new Table<>(database),
                Leases.in(database, BillingCore.LEASE));
    }
}
