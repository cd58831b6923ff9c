package io.drawdown.simulator.billing;

import io.drawdown.billing.BillingCore;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.SimulationContext;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** What goes wrong with the processes of billing-batch, and with what they reach. */
public final class BillingFaults {

    /** Counts the hours that pass. */
    public static final String HOURS = "hours";

    private static final long SECOND = 1_000_000_000;
    private static final long LEASE = BillingCore.LEASE.length().toNanos();
    private static final List<String> STRIPE = List.of("stripe", "stripe cards", "stripe events", "stripe refunds");
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
    private final List<BillingHost> hosts;
    private final Database database;
    private final Customers customers;

    BillingFaults(SimulationContext context, List<BillingHost> hosts, Database database, Customers customers) {
        this.context = context;
        this.hosts = hosts;
        this.database = database;
        this.customers = customers;
    }

    /** All processes die, and so much time passes until they start again; Stripe's clock goes on with the others. */
    public void sleep(Duration time) {
        context.counts.add(HOURS, time.toHours());
        context.trace.say("time", () -> time + " pass");
        hosts.forEach(host -> host.process().kill());
        database.step(time);
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
        lose(random, STRIPE);
    }

    /** Stripe answers late for a while, some calls later than others. */
    void slowStripe(RandomGenerator random) {
        long nanos = 3 * SECOND + random.nextLong(12 * SECOND);
        context.trace.say("chaos", () -> "Stripe is slow for " + nanos / 1_000_000 + " ms");
        linksTo(STRIPE).forEach(link -> {
            link.slow(true);
            context.timeline.after(nanos, () -> link.slow(false));
        });
    }

    private void lose(RandomGenerator random, List<String> names) {
        long nanos = SECOND + random.nextLong(25 * SECOND);
        context.trace.say("chaos", () -> names + " are away for " + nanos / 1_000_000 + " ms");
        linksTo(names).forEach(link -> down(link, nanos));
    }

    private Stream<Link> linksTo(List<String> names) {
        return context.links().stream()
                .filter(link -> names.stream().anyMatch(name -> link.name().endsWith(" to " + name)));
    }

    /**
     * A run is begun, and in the middle of it its runner is frozen for longer than its lease. When it wakes, it is a while before it
     * can ask for its lease.
     */
    public void freezeRunner(RandomGenerator random) {
        customers.run(random);
        long nanos = LEASE + SECOND + random.nextLong(10 * SECOND);
        long unheard = random.nextLong(2 * SECOND);
        context.timeline.after(
                random.nextLong(SECOND / 2),
                () -> hosts.stream().filter(BillingHost::isRunner).forEach(host -> freeze(host, nanos, unheard)));
    }

    private void freeze(BillingHost host, long nanos, long unheard) {
        context.counts.count("runner frozen");
        context.trace.say(
                "chaos", () -> host.process().name() + ", which runs, is frozen for " + nanos / 1_000_000 + " ms");
        linksTo(List.of("leases"))
                .filter(link -> link.caller() == host.process())
                .forEach(link -> down(link, nanos + unheard));
        host.freeze(nanos);
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
}
