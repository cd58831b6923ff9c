package io.drawdown.simulator.billing.stores;

import io.drawdown.billing.BillingCore;
import io.drawdown.billing.hook.FeedDocument;
import io.drawdown.billing.hook.HintDocument;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.TeamDocument;
import io.drawdown.billing.payer.FingerprintDocument;
import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.billing.purchase.PurchaseDocument;
import io.drawdown.billing.refund.RefundDocument;
import io.drawdown.billing.run.ProcessDocument;
import io.drawdown.billing.run.RunDocument;
import io.drawdown.billing.run.RunnerDocument;
import io.drawdown.billing.topup.TopUpDocument;
import io.drawdown.simulator.leases.Leases;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.SimulationContext;
import io.drawdown.simulator.world.Table;

/** The database of billing-batch. */
public record BillingStores(Database database, OfItems queue, OfPayers money, OfRuns batches, OfStripe told) {

    public record OfItems(Table<ItemDocument> items, Table<TeamDocument> teams) {}

    public record OfPayers(
            Table<PayerDocument> payers,
            Table<FingerprintDocument> fingerprints,
            Table<PurchaseDocument> purchases,
            Table<TopUpDocument> topUps) {}

    public record OfRuns(
            Table<RunnerDocument> runner, Table<RunDocument> runs, Table<ProcessDocument> processes, Leases leases) {}

    /** What Stripe told. */
    public record OfStripe(Table<HintDocument> inbox, Table<FeedDocument> feeds, Table<RefundDocument> refunds) {}

    public static BillingStores of(SimulationContext context) {
        Database database = new Database(context.timeline, context.random("billing database"));
        return new BillingStores(
                database,
                new OfItems(new Table<>(database), new Table<>(database)),
                new OfPayers(
                        new Table<>(database), new Table<>(database), new Table<>(database), new Table<>(database)),
                new OfRuns(
                        new Table<>(database),
                        new Table<>(database),
                        new Table<>(database),
                        Leases.in(database, BillingCore.LEASE)),
                new OfStripe(new Table<>(database), new Table<>(database), new Table<>(database)));
    }

    public Table<ItemDocument> items() {
        return queue.items();
    }

    public Table<PayerDocument> payers() {
        return money.payers();
    }

    public Leases leases() {
        return batches.leases();
    }
}
