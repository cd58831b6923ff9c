package io.drawdown.simulator.billing;

import io.drawdown.billing.BillingCore;
import io.drawdown.billing.BillingPorts;
import io.drawdown.billing.item.engine.ItemSettings;
import io.drawdown.billing.item.store.ItemStores;
import io.drawdown.billing.run.RunSettings;
import io.drawdown.billing.run.store.RunStores;
import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.leases.LeaseInvariants;
import io.drawdown.simulator.leases.SimulatedIncarnations;
import io.drawdown.simulator.stripe.ModelStripe;
import io.drawdown.simulator.world.Host;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.SimulationContext;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The host of one instance of billing-batch. */
final class BillingHost extends Host {

    private final Shared shared;
    private final RunSettings settings;
    private @Nullable Running current;

    /** What all instances share. */
    record Shared(
            BillingStores stores,
            Broker broker,
            ModelStripe stripe,
            ModelSlack slack,
            StripeWorld world,
            BillingInvariants truths,
            LeaseInvariants leases) {}

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
                new SimulatedProcesses(() -> Objects.requireNonNull(made.get()).items(), time(), fresh, context.counts);
        BillingPorts ports = new BillingPorts(
                runStores(fresh),
                shared.broker().publisher(context.link("broker", fresh)),
                processes,
                new CountingRuns(context.counts),
                money(fresh),
                queue(fresh));
        BillingCore core = new BillingCore(ports, settings, Map.of(), time(), fresh, context.random(fresh.name()));
        made.set(core);
        current = new Running(fresh, core);
        core.start();
    }

    private RunStores runStores(Process fresh) {
        BillingStores stores = shared.stores();
        return new RunStores(
                new SimulatedGuarded<>(context.link("runner", fresh), stores.database(), stores.runner()),
                new SimulatedRuns(context.link("runs", fresh), stores),
                new SimulatedProcessStore(context.link("processes", fresh), stores),
                new SimulatedIncarnations(
                        context.link("leases", fresh),
                        context.link("fencing", fresh),
                        stores.leases(),
                        shared.leases()));
    }

    private BillingPorts.Money money(Process fresh) {
        return new BillingPorts.Money(
                new LinkedStripe(context.link("stripe", fresh), shared.stripe(), shared.world(), shared.truths()),
                new SimulatedPayers(context.link("payers", fresh), shared.stores()),
                shared.stripe());
    }

    private BillingPorts.Queue queue(Process fresh) {
        ItemStores stores = new ItemStores(
                new SimulatedItems(context.link("items", fresh), shared.stores(), shared.truths()),
                new SimulatedTeams(context.link("teams", fresh), shared.stores()));
        LinkedSlack slack = new LinkedSlack(context.link("slack", fresh), shared.slack(), shared.world());
        return new BillingPorts.Queue(stores, slack, ItemSettings.DEFAULT);
    }

    @Override
    protected void stopped() {
        current = null;
    }

    /** The process, if it takes requests. */
    @Nullable
    Running current() {
        return current;
    }
}
