package io.drawdown.billing;

import io.drawdown.billing.batch.Schedule;
import io.drawdown.billing.charge.engine.Charging;
import io.drawdown.billing.item.engine.ItemHints;
import io.drawdown.billing.item.engine.Items;
import io.drawdown.billing.payer.Payers;
import io.drawdown.billing.run.RunSettings;
import io.drawdown.billing.run.engine.Dues;
import io.drawdown.billing.run.engine.RunTools;
import io.drawdown.billing.run.engine.RunWatch;
import io.drawdown.billing.run.engine.RunWrites;
import io.drawdown.billing.run.engine.Runs;
import io.drawdown.billing.run.store.RunOutbox;
import io.drawdown.kit.lease.Lease;
import io.drawdown.kit.lease.LeaseTerms;
import io.drawdown.kit.lease.LeaseWatch;
import io.drawdown.kit.store.RandomIds;
import io.drawdown.kit.time.Polling;
import io.drawdown.kit.time.ResettableTimer;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.kit.time.Timeout;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * All of billing-batch but its edges and its processes. Single-threaded: every call, and every completion of a port, comes on the
 * thread of its scheduler; so do its own answers.
 */
public final class BillingCore {

    /** Whoever is seen not to renew for so long has lost its run: it is taken over within 15 s of its death. */
    public static final LeaseTerms LEASE = new LeaseTerms(
            Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofSeconds(1));

    /** How long a renewal is trusted, counted from its request; shorter than the lease, so that doubt comes before a takeover. */
    static final Duration TRUST = Duration.ofSeconds(8);

    /** How long a stop takes at most after the patience for the process that runs. */
    static final Duration STOP_AGAIN = Duration.ofSeconds(3);

    private static final Logger LOG = Logger.getLogger(BillingCore.class);
    private static final Duration STOP_LOOK = Duration.ofMillis(50);

    private final RunSettings settings;
    private final Time time;
    private final Scheduler scheduler;
    private final RunOutbox outbox;
    private final RunWrites writes;
    private final Runs runs;
    private final Dues dues;
    private final RunWatch watch;
    private final Payers payers;
    private final Charging charging;
    private final Items items;
    private final CardsCore cards;
    private final PurchasesCore credits;
    private final Lease lease;
    private final ResettableTimer doubt;
    private long trustedNanos;

    /**
     * @param schedules of the processes that have one, by their names
     * @param random for ids and jitter
     */
    public BillingCore(
            BillingPorts ports,
            RunSettings settings,
            Map<String, Schedule.Cron> schedules,
            Time time,
            Scheduler scheduler,
            RandomGenerator random) {
        this.settings = settings;
        this.time = time;
        this.scheduler = scheduler;
        doubt = new ResettableTimer(scheduler);
        outbox = new RunOutbox(ports.runs().runs(), ports.events(), time, scheduler, random);
        writes = new RunWrites(ports.runs(), outbox::offer, time, scheduler, random);
        RunTools tools = new RunTools(ports.processes(), settings, ports.monitor(), ports.spans(), time, scheduler);
        runs = new Runs(writes, ports.runs().runs(), tools, random);
        dues = new Dues(runs, writes, tools, schedules);
        watch = new RunWatch(runs, dues, new LeaseWatch(ports.runs().incarnations(), LEASE, time), scheduler);
        BillingPorts.Money money = ports.outside().money();
        payers = new Payers(money.payers(), time, scheduler, random);
        charging = new Charging(money.payments(), payers, money.alarms(), time, random);
        BillingPorts.Queue queue = ports.outside().queue();
        items = new Items(
                new Items.Ports(queue.stores(), charging, payers, queue.publisher(), ports.events(), ports.spans()),
                queue.settings(),
                time,
                scheduler,
                random);
        cards = new CardsCore(ports, payers, time, scheduler, random);
        ItemHints hints = new ItemHints(items);
        payers.onAttached(hints::cardAttached);
        cards.onCharge(hints::look);
        credits = new PurchasesCore(ports, charging, payers, time, scheduler, random);
        payers.onAttached(credits.topUps()::cardAttached);
        cards.onCharge(credits::look);
        lease = new Lease(
                ports.runs().incarnations(),
                settings.instance(),
                new RandomIds(random),
                LEASE,
                time,
                scheduler,
                new LeaseHolder());
    }

    /** Runs processes as soon as this instance has its lease; it tries for as long as that takes. */
    public void start() {
        outbox.start();
        items.start();
        cards.start();
        credits.start();
        watch.start();
        lease.start();
    }

    /** The runs. */
    public Runs runs() {
        return runs;
    }

    /** What is due by schedule. */
    public Dues dues() {
        return dues;
    }

    /** The switches of processes. */
    public RunWrites writes() {
        return writes;
    }

    /** Those who pay. */
    public Payers payers() {
        return payers;
    }

    /** What moves charges. */
    public Charging charging() {
        return charging;
    }

    /** The queued items. */
    public Items items() {
        return items;
    }

    /** Cards, and what Stripe tells. */
    public CardsCore cards() {
        return cards;
    }

    /** The purchases of credits, and the top-ups. */
    public PurchasesCore credits() {
        return credits;
    }

    public CoreHealth health() {
        int unpublished = outbox.backlog() + items.outbox().backlog() + cards.backlog() + credits.backlog();
        return new CoreHealth(mayAct(), runs.isRunner(), unpublished);
    }

    /**
     * Begins nothing more, and tells the process that runs to stop. Its run is left to another instance, at its cursor. Answers true
     * when all is written and published.
     */
    public Uni<Boolean> stop() {
        watch.stop();
        credits.stop();
        Polling polling = new Polling(time, scheduler, STOP_LOOK);
        return new Timeout(scheduler, settings.stopPatience())
                .limit(runs.stop(), Uni.createFrom().voidItem())
                .invoke(runs::giveUp)
                .invoke(outbox::finish)
                .invoke(items.outbox()::finish)
                .invoke(cards::finish)
                .invoke(credits::finish)
                .chain(() -> polling.until(this::isDrained, STOP_AGAIN))
                .invoke(isDrained -> close());
    }

    private boolean isDrained() {
        return outbox.isDrained() && items.outbox().isDrained() && cards.isDrained() && credits.isDrained();
    }

    private void close() {
        doubt.cancel();
        lease.stop();
    }

    private boolean mayAct() {
        return lease.isHeld() && time.nanos() - trustedNanos < 0;
    }

    private void trust(long askedNanos) {
        trustedNanos = askedNanos + TRUST.toNanos();
        doubt.set(Duration.ofNanos(Math.max(0, trustedNanos - time.nanos())), this::doubted);
    }

    private void doubted() {
        LOG.warn("Lease in doubt, running process is asked to stop");
        runs.doubted();
    }

    /** What the lease means for runs. */
    private final class LeaseHolder implements Lease.Listener {

        @Override
        public void registered(String incarnation, long askedNanos) {
            trust(askedNanos);
            runs.registered(incarnation, BillingCore.this::mayAct);
        }

        @Override
        public void renewed(String incarnation, long askedNanos) {
            trust(askedNanos);
        }

        @Override
        public void fenced(String incarnation) {
            doubt.cancel();
            runs.fenced();
        }
    }
}
