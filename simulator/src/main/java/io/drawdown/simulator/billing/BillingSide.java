package io.drawdown.simulator.billing;

import io.drawdown.billing.BillingCore;
import io.drawdown.billing.purchase.PurchaseDocument;
import io.drawdown.billing.run.RunSettings;
import io.drawdown.simulator.billing.outside.ModelCredits;
import io.drawdown.simulator.billing.outside.ModelSlack;
import io.drawdown.simulator.billing.outside.StripeWorld;
import io.drawdown.simulator.billing.stores.BillingStores;
import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.leases.LeaseInvariants;
import io.drawdown.simulator.stripe.ModelStripe;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.SimulationContext;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All of billing-batch: two instances over one database and one broker, with a model of Stripe and one of Slack. */
public final class BillingSide {

    private static final int INSTANCES = 2;

    private final SimulationContext context;
    private final BillingStores stores;
    private final StripeWorld world;
    private final ModelStripe stripe;
    private final ModelSlack slack;
    private final BillingInvariants truths;
    private final ItemEventInvariants events;
    private final PurchaseInvariants purchases;
    private final StripeInvariants told;
    private final List<BillingHost> hosts = new ArrayList<>();
    private final Customers customers;
    private final Buyers buyers;
    private final Bank bank;
    private final StripeDeliveries deliveries;
    private final BillingFaults faults;

    public BillingSide(SimulationContext context, Broker broker, RandomGenerator random) {
        this.context = context;
        this.stores = BillingStores.of(context);
        this.world = new StripeWorld(context, stores.database());
        this.stripe = new ModelStripe(world);
        this.slack = new ModelSlack(context);
        ModelCredits credits = new ModelCredits(stores.database(), this::isAutomatic);
        this.purchases = new PurchaseInvariants(context, stores, stripe, credits);
        this.truths = new BillingInvariants(context, stores, stripe);
        this.events = new ItemEventInvariants(context, broker, stores);
        this.told = new StripeInvariants(context, stores, stripe);
        this.customers = new Customers(context, this, random);
        this.buyers = new Buyers(context, this, credits);
        this.bank = new Bank(context, this);
        this.deliveries = new StripeDeliveries(context, this);
        BillingHost.Outside outside = new BillingHost.Outside(stripe, world, slack, credits);
        BillingHost.Shared shared = new BillingHost.Shared(
                stores,
                broker,
                outside,
                truths,
                new ConfirmInvariants(context, stores, stripe),
                new LeaseInvariants(context, stores.leases()));
        for (int each = 1; each <= INSTANCES; each++) {
            hosts.add(new BillingHost(context, shared, settings("billing-" + each)));
        }
        this.faults = new BillingFaults(context, hosts, stores.database(), customers);
    }

    private boolean isAutomatic(String purchaseId) {
        PurchaseDocument purchase = stores.money().purchases().local(purchaseId);
        return purchase != null && purchase.spec().isAutomatic();
    }

    /** The teams that have something which is not over. */
    Set<String> waiting() {
        return Stream.concat(
                        stores.items().all().stream()
                                .filter(item -> item.status().isOpen())
                                .map(item -> item.spec().team()),
                        stores.money().purchases().all().stream()
                                .filter(purchase -> !purchase.status().isOver())
                                .map(purchase -> purchase.spec().account()))
                .collect(Collectors.toSet());
    }

    private static RunSettings settings(String instance) {
        RunSettings usual = RunSettings.DEFAULT;
        return new RunSettings(
                instance,
                usual.budget(),
                usual.stopMargin(),
                usual.leastShare(),
                usual.lateAfter(),
                Duration.ofSeconds(2));
    }

    public void start() {
        hosts.forEach(BillingHost::start);
    }

    public Customers customers() {
        return customers;
    }

    public Buyers buyers() {
        return buyers;
    }

    public Bank bank() {
        return bank;
    }

    /** Stripe is slow, and meanwhile somebody gives money back there. */
    public void slowStripe(RandomGenerator random) {
        faults.slowStripe(random);
        bank.refunds(random);
    }

    public Database database() {
        return stores.database();
    }

    BillingStores stores() {
        return stores;
    }

    ModelStripe stripe() {
        return stripe;
    }

    ModelSlack slack() {
        return slack;
    }

    /** The instances that take requests. */
    List<BillingHost.Running> running() {
        List<BillingHost.Running> ready = new ArrayList<>();
        for (BillingHost host : hosts) {
            BillingHost.Running current = host.current();
            if (current != null
                    && current.process().isAlive()
                    && !current.process().isFrozen()) {
                ready.add(current);
            }
        }
        return ready;
    }

    /** One of them. */
    Optional<BillingHost.Running> any(RandomGenerator random) {
        List<BillingHost.Running> ready = running();
        return ready.isEmpty() ? Optional.empty() : Optional.of(ready.get(random.nextInt(ready.size())));
    }

    /** Asks one of them, and counts how it answers. */
    void ask(RandomGenerator random, String what, Function<BillingCore, Uni<?>> question) {
        any(random).ifPresent(at -> at.process().run(() -> Uni.createFrom()
                .deferred(() -> question.apply(at.core()))
                .subscribe()
                .with(
                        answer -> context.counts.count(what + " answered"),
                        fault -> context.counts.count(
                                what + " " + fault.getClass().getSimpleName()))));
    }

    /** What can go wrong with all this. */
    public BillingFaults faults() {
        return faults;
    }

    /** Everything works again, every card pays, and somebody looks at what only a person can decide. */
    public void mend(RandomGenerator random) {
        world.calm();
        slack.calm();
        deliveries.calm();
        bank.mend();
        customers.mend(random);
    }

    public boolean isAtRest() {
        return truths.isAtRest() && purchases.isAtRest() && told.isAtRest();
    }

    public void checkAtRest() {
        truths.checkAtRest(purchases.received());
        purchases.checkAtRest();
        told.checkAtRest();
        events.checkAtRest();
    }
}
