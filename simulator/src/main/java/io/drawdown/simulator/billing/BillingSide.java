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
import io.drawdown.simulator.world.Link;
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

    /** Counts the hours that pass. */
    public static final String HOURS = "hours";

    private static final long SECOND = 1_000_000_000;
    private static final int INSTANCES = 2;
    private static final List<String> DATABASE = List.of(
            "items",
            "teams",
            "payers",
            "fingerprints",
            "purchases",
            "top-ups",
            "inbox",
            "feeds",
            "refunds",
            "runner",
            "runs",
            "processes",
            "leases",
            "fencing",
            "clock");

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

    /** All processes die, and so much time passes until they start again; Stripe's clock goes on with the others. */
    public void sleep(Duration time) {
        context.counts.add(HOURS, time.toHours());
        context.trace.say("time", () -> time + " pass");
        hosts.forEach(host -> host.process().kill());
        stores.database().step(time);
    }

    /** No instance reaches the database for a while. */
    public void loseDatabase(RandomGenerator random) {
        lose(random, DATABASE);
    }

    /** No instance reaches the broker for a while. */
    public void loseBroker(RandomGenerator random) {
        lose(random, List.of("broker"));
    }

    /** No instance reaches Stripe for a while. */
    public void loseStripe(RandomGenerator random) {
        lose(random, List.of("stripe", "stripe cards", "stripe events", "stripe refunds"));
    }

    private void lose(RandomGenerator random, List<String> names) {
        long nanos = SECOND + random.nextLong(25 * SECOND);
        context.trace.say("chaos", () -> names + " are away for " + nanos / 1_000_000 + " ms");
        context.links().stream()
                .filter(link -> names.stream().anyMatch(name -> link.name().endsWith(" to " + name)))
                .forEach(link -> down(link, nanos));
    }

    /** One instance reaches nothing for a while, which may be longer than its lease. */
    public void cutOff(RandomGenerator random) {
        BillingHost host = hosts.get(random.nextInt(hosts.size()));
        long nanos = SECOND + random.nextLong(25 * SECOND);
        context.trace.say("chaos", () -> host.process().name() + " is cut off for " + nanos / 1_000_000 + " ms");
        context.links().stream().filter(link -> link.caller() == host.process()).forEach(link -> down(link, nanos));
    }

    private void down(Link link, long nanos) {
        link.down(true);
        context.timeline.after(nanos, () -> link.down(false));
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
