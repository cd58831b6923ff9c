package io.drawdown.billing.testing;

import io.drawdown.billing.BillingCore;
import io.drawdown.billing.BillingPorts;
import io.drawdown.billing.batch.Schedule;
import io.drawdown.billing.item.engine.ItemSettings;
import io.drawdown.billing.item.store.ItemStores;
import io.drawdown.billing.payer.PayerStores;
import io.drawdown.billing.purchase.engine.PurchaseSettings;
import io.drawdown.billing.purchase.engine.Refunds;
import io.drawdown.billing.run.ProcessDocument;
import io.drawdown.billing.run.ProcessRun;
import io.drawdown.billing.run.RunDocument;
import io.drawdown.billing.run.RunOrder;
import io.drawdown.billing.run.RunSettings;
import io.drawdown.billing.run.RunnerDocument;
import io.drawdown.billing.run.engine.Begun;
import io.drawdown.billing.run.store.RunStores;
import io.drawdown.billing.stripe.NoPayments;
import io.drawdown.billing.stripe.NoStripe;
import io.drawdown.billing.topup.TopUpPolicy;
import io.drawdown.contracts.BatchRunEvent;
import io.drawdown.contracts.BatchRunEvent.Trigger;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.testing.ManualTime;
import io.drawdown.kit.testing.MemoryIncarnations;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

import static io.drawdown.billing.testing.Changed.changed;

/** Cores of billing-batch over stores and a broker in memory; each instance has processes of its own. */
public final class World implements EventPublisher {

    public final ManualTime time = new ManualTime();
    public final MemoryGuarded<RunnerDocument> runner = new MemoryGuarded<>(time);
    public final MemoryRuns runs = new MemoryRuns(time);
    public final MemoryProcesses processes = new MemoryProcesses(time);
    public final MemoryItems items = new MemoryItems(time);
    public final MemoryTeams teams = new MemoryTeams(time);
    public final MemoryIncarnations incarnations = new MemoryIncarnations(time, time::answer);
    public final CountedRuns counted = new CountedRuns();
    public final List<BatchRunEvent> events = new ArrayList<>();
    public final Map<String, Schedule.Cron> schedules = new TreeMap<>();
    public boolean brokerAway;

    private final List<String> known;

    /** @param known the names of the processes that every instance has */
    public World(String... known) {
        this.known = List.of(known);
    }

    /** One instance of the service. */
    public final class Instance {

        public final PlayedProcesses played = new PlayedProcesses();
        public final BillingCore core;
        private boolean isDead;

        Instance(String name, RunSettings settings) {
            played.known.addAll(known);
            RunSettings own = new RunSettings(
                    name,
                    settings.budget(),
                    settings.stopMargin(),
                    settings.leastShare(),
                    settings.lateAfter(),
                    settings.stopPatience());
            BillingPorts.Queue queue =
                    new BillingPorts.Queue(new ItemStores(items, teams), new NoPublisher(), ItemSettings.DEFAULT);
            BillingPorts.Credits credits = new BillingPorts.Credits(
                    new MemoryPurchases(time),
                    new MemoryTopUps(time),
                    new NoCredits(),
                    refund -> Uni.createFrom().item(new Refunds.Outcome.Unknown("there is no Stripe")),
                    new PurchaseSettings(List.of(), Duration.ofHours(1)),
                    new TopUpPolicy(Duration.ofSeconds(120), Duration.ofSeconds(60), 3, ZoneOffset.UTC));
            RunStores stores = new RunStores(runner, runs, processes, incarnations);
            BillingPorts ports = new BillingPorts(
                    stores,
                    World.this,
                    played,
                    counted,
                    new BillingPorts.Outside(noMoney(), noCards(), queue, credits));
            core = new BillingCore(
                    ports, own, schedules, time, new DyingScheduler(time, () -> isDead), new Random(name.hashCode()));
            core.start();
            pass(100);
        }

        /** Nothing more happens in it, as after a kill -9. */
        public void kill() {
            isDead = true;
        }

        /** Begins a run of these processes, in that order of names if none was ever served. */
        public Begun begin(String... names) {
            return answer(core.runs().begin(order(names)));
        }

        public PlayedProcesses.Played latest() {
            pass(20);
            return played.latest();
        }
    }

    private BillingPorts.Money noMoney() {
        PayerStores payers = new PayerStores(new NoPayers(), new MemoryGuarded<>(time));
        return new BillingPorts.Money(new NoPayments(), payers, (alarm, charge, detail) -> {});
    }

    private BillingPorts.Cards noCards() {
        NoStripe stripe = new NoStripe();
        return new BillingPorts.Cards(
                stripe, stripe, stripe, new MemoryInbox(time), new MemoryGuarded<>(time), new MemoryRefunds(time));
    }

    public Instance start(String name) {
        return start(name, RunSettings.DEFAULT);
    }

    public Instance start(String name, RunSettings settings) {
        return new Instance(name, settings);
    }

    public static RunOrder order(String... names) {
        return RunOrder.of(
                Trigger.WORKER,
                null,
                List.of(names),
                RunSettings.DEFAULT.budget().toMillis());
    }

    public void pass(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    public Instant now() {
        return time.now();
    }

    /** The only run, or the latest, as it is stored. */
    public RunDocument run() {
        return new TreeMap<>(runs.documents).lastEntry().getValue();
    }

    /** What is kept of that process. */
    public ProcessDocument process(String name) {
        return changed(processes.documents.get(name));
    }

    /** Whether a run is under way. */
    public boolean isBusy() {
        return changed(runner.documents.get(RunnerDocument.ID)).current() != null;
    }

    public ProcessRun run(String process) {
        return run().process(process).orElseThrow();
    }

    /** The answer of a core, which must come within ten seconds. */
    public <T> T answer(Uni<T> asked) {
        AtomicReference<T> answer = new AtomicReference<>();
        AtomicReference<Throwable> fault = new AtomicReference<>();
        time.execute(() -> asked.subscribe().with(answer::set, fault::set));
        time.runUntilIdle();
        for (int waited = 0; waited < 1_000 && answer.get() == null && fault.get() == null; waited++) {
            pass(10);
        }
        if (fault.get() instanceof RuntimeException thrown) {
            throw thrown;
        }
        if (answer.get() == null) {
            throw new AssertionError("no answer within ten seconds");
        }
        return answer.get();
    }

    @Override
    public Uni<Void> publish(Topic topic, CloudEvent event) {
        return time.answer(() -> {
            if (brokerAway) {
                throw new Unavailable("the broker is away");
            }
            events.add(Json.read(event.data(), BatchRunEvent.class));
            return null;
        });
    }
}
