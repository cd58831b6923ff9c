package io.drawdown.simulator.billing;

import io.drawdown.billing.BillingCore;
import io.drawdown.billing.BillingPorts;
import io.drawdown.billing.item.engine.ItemSettings;
import io.drawdown.billing.item.store.ItemStores;
import io.drawdown.billing.payer.PayerStores;
import io.drawdown.billing.purchase.engine.PurchaseSettings;
import io.drawdown.billing.run.RunSettings;
import io.drawdown.billing.run.store.RunStores;
import io.drawdown.billing.topup.TopUpPolicy;
import io.drawdown.kit.store.GuardedDocument;
import io.drawdown.simulator.billing.outside.LinkedFeed;
import io.drawdown.simulator.billing.outside.LinkedRefunds;
import io.drawdown.simulator.billing.outside.LinkedSlack;
import io.drawdown.simulator.billing.outside.LinkedStripe;
import io.drawdown.simulator.billing.outside.LinkedVault;
import io.drawdown.simulator.billing.outside.ModelCredits;
import io.drawdown.simulator.billing.outside.ModelSlack;
import io.drawdown.simulator.billing.outside.StripeWorld;
import io.drawdown.simulator.billing.passes.SimulatedProcesses;
import io.drawdown.simulator.billing.stores.BillingStores;
import io.drawdown.simulator.billing.stores.SimulatedGuarded;
import io.drawdown.simulator.billing.stores.SimulatedInbox;
import io.drawdown.simulator.billing.stores.SimulatedItems;
import io.drawdown.simulator.billing.stores.SimulatedPayers;
import io.drawdown.simulator.billing.stores.SimulatedProcessStore;
import io.drawdown.simulator.billing.stores.SimulatedPurchases;
import io.drawdown.simulator.billing.stores.SimulatedRefunds;
import io.drawdown.simulator.billing.stores.SimulatedRuns;
import io.drawdown.simulator.billing.stores.SimulatedTeams;
import io.drawdown.simulator.billing.stores.SimulatedTopUps;
import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.leases.LeaseInvariants;
import io.drawdown.simulator.leases.SimulatedIncarnations;
import io.drawdown.simulator.stripe.ModelStripe;
import io.drawdown.simulator.world.Host;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.SimulationContext;
import io.drawdown.simulator.world.Table;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The host of one instance of billing-batch. */
final class BillingHost extends Host {

    private static final PurchaseSettings SALE = new PurchaseSettings(List.of(Buyers.PACK), Duration.ofHours(1));
    private static final TopUpPolicy TOP_UPS =
            new TopUpPolicy(Duration.ofSeconds(120), Duration.ofSeconds(60), 3, ZoneOffset.UTC);

    private final Shared shared;
    private final RunSettings settings;
    private @Nullable Running current;

    /** What all instances share. */
    record Shared(
            BillingStores stores,
            Broker broker,
            Outside outside,
            BillingInvariants truths,
            ConfirmInvariants confirmations,
            LeaseInvariants leases) {}

    /** What is outside of billing-batch. */
    record Outside(ModelStripe stripe, StripeWorld world, ModelSlack slack, ModelCredits credits) {}

    /** A process that takes requests. */
    record Running(Process process, BillingCore core) {}

    BillingHost(SimulationContext context, Shared shared, RunSettings settings) {
        super(context, settings.instance(), shared.stores().database());
        this.shared = shared;
        this.settings = settings;
    }

    @Override
    protected void run(Process fresh) {
        if (fresh != process()) {
            fresh.kill();
            return;
        }
        AtomicReference<BillingCore> made = new AtomicReference<>();
        SimulatedProcesses processes =
                new SimulatedProcesses(() -> Objects.requireNonNull(made.get()), time(), fresh, context.counts);
        BillingPorts ports = new BillingPorts(
                runStores(fresh),
                shared.broker().publisher(context.link("broker", fresh)),
                processes,
                new CountingRuns(context.counts),
                new BillingPorts.Outside(money(fresh), cards(fresh), queue(fresh), credits(fresh)));
        BillingCore core = new BillingCore(ports, settings, Map.of(), time(), fresh, context.random(fresh.name()));
        made.set(core);
        current = new Running(fresh, core);
        core.start();
    }

    private RunStores runStores(Process fresh) {
        BillingStores stores = shared.stores();
        return new RunStores(
                guarded("runner", fresh, stores.batches().runner()),
                new SimulatedRuns(context.link("runs", fresh), stores),
                new SimulatedProcessStore(context.link("processes", fresh), stores),
                new SimulatedIncarnations(
                        context.link("leases", fresh),
                        context.link("fencing", fresh),
                        stores.leases(),
                        shared.leases()));
    }

    private <D extends GuardedDocument> SimulatedGuarded<D> guarded(String name, Process fresh, Table<D> table) {
        return new SimulatedGuarded<>(context.link(name, fresh), shared.stores().database(), table);
    }

    private BillingPorts.Money money(Process fresh) {
        ModelStripe stripe = shared.outside().stripe();
        return new BillingPorts.Money(
                new LinkedStripe(
                        context.link("stripe", fresh), stripe, shared.outside().world(), shared.confirmations()),
                new PayerStores(
                        new SimulatedPayers(context.link("payers", fresh), shared.stores()),
                        guarded("fingerprints", fresh, shared.stores().money().fingerprints())),
                stripe);
    }

    private BillingPorts.Cards cards(Process fresh) {
        ModelStripe stripe = shared.outside().stripe();
        LinkedFeed feed = new LinkedFeed(context.link("stripe events", fresh), stripe);
        return new BillingPorts.Cards(
                new LinkedVault(
                        context.link("stripe cards", fresh),
                        stripe,
                        shared.outside().world()),
                feed,
                feed,
                new SimulatedInbox(context.link("inbox", fresh), shared.stores()),
                guarded("feeds", fresh, shared.stores().told().feeds()),
                new SimulatedRefunds(context.link("refunds", fresh), shared.stores()));
    }

    private BillingPorts.Queue queue(Process fresh) {
        ItemStores stores = new ItemStores(
                new SimulatedItems(context.link("items", fresh), shared.stores(), shared.truths()::written),
                new SimulatedTeams(context.link("teams", fresh), shared.stores()));
        LinkedSlack slack = new LinkedSlack(
                context.link("slack", fresh),
                shared.outside().slack(),
                shared.outside().world());
        return new BillingPorts.Queue(stores, slack, ItemSettings.DEFAULT);
    }

    private BillingPorts.Credits credits(Process fresh) {
        return new BillingPorts.Credits(
                new SimulatedPurchases(context.link("purchases", fresh), shared.stores()),
                new SimulatedTopUps(context.link("top-ups", fresh), shared.stores()),
                shared.outside().credits().over(context.link("credits", fresh)),
                new LinkedRefunds(
                        context.link("stripe refunds", fresh),
                        shared.outside().stripe(),
                        shared.outside().world()),
                SALE,
                TOP_UPS);
    }

    @Override
    protected void stopped() {
        current = null;
    }

    /** Whether its process has a run. */
    boolean isRunner() {
        return current != null && current.core().runs().isRunner();
    }

    /** The process, if it takes requests. */
    @Nullable
    Running current() {
        return current;
    }
}
