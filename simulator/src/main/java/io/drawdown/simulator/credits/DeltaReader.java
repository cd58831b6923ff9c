package io.drawdown.simulator.credits;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Service;
import io.drawdown.contracts.Topic;
import io.drawdown.credits.ledger.LedgerRow;
import io.drawdown.credits.ledger.LedgerStore;
import io.drawdown.kit.events.BatchProcessor;
import io.drawdown.kit.events.EventReader;
import io.drawdown.kit.events.FaultHandling;
import io.drawdown.kit.events.Received;
import io.drawdown.kit.events.Rejection;
import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.broker.ConsumerGroup;
import io.drawdown.simulator.broker.GroupSettings;
import io.drawdown.simulator.broker.SimulatedDeadLetters;
import io.drawdown.simulator.world.Host;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.SimulationContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Somebody outside credits-service who adds up the amounts of account events, as consumers of deltas are told to:
 * applies the one after the last, skips lower ones, reads the ledger where some are missing.
 */
public final class DeltaReader {

    private static final Set<String> TYPES =
            Stream.of(EntryType.values()).map(EntryType::eventType).collect(Collectors.toUnmodifiableSet());

    private final SimulationContext context;
    private final Broker broker;
    private final CreditsSide credits;
    private final ConsumerGroup group;
    private final List<Instance> instances;
    private final Map<String, Sum> sums = new TreeMap<>();

    /** What it stores of an account, in one write. */
    private record Sum(long lastSeq, long micros) {
        static final Sum NOTHING = new Sum(0, 0);
    }

    public DeltaReader(SimulationContext context, Broker broker, CreditsSide credits, GroupSettings settings) {
        this.context = context;
        this.broker = broker;
        this.credits = credits;
        group = new ConsumerGroup(context, broker, Topic.CREDITS_ACCOUNT, "deltas", settings);
        instances = Stream.of("deltas-1", "deltas-2").map(Instance::new).toList();
    }

    public void start() {
        instances.forEach(Instance::start);
    }

    private Uni<List<Rejection>> handle(List<AccountEvent> events, LedgerStore ledger) {
        return Multi.createFrom()
                .iterable(events)
                .onItem()
                .transformToUniAndConcatenate(event -> handle(event, ledger))
                .collect()
                .asList()
                .replaceWith(List.of());
    }

    private Uni<Void> handle(AccountEvent event, LedgerStore ledger) {
        String account = event.accountId();
        long seq = event.account().seq();
        long last = sums.getOrDefault(account, Sum.NOTHING).lastSeq();
        if (seq <= last + 1) {
            apply(account, seq, event.amount().micros());
            return Uni.createFrom().voidItem();
        }
        context.counts.count("delta after a gap");
        return ledger.range(account, last + 1, seq)
                .invoke(rows -> rows.forEach(this::apply))
                .replaceWithVoid();
    }

    private void apply(LedgerRow row) {
        apply(row.account(), row.entry().seq(), row.entry().amount().micros());
    }

    private void apply(String account, long seq, long micros) {
        Sum sum = sums.getOrDefault(account, Sum.NOTHING);
        if (seq == sum.lastSeq() + 1) {
            sums.put(account, new Sum(seq, sum.micros() + micros));
            context.counts.count("delta applied");
        } else {
            context.counts.count("delta skipped");
        }
    }

    /** When all has come to rest. */
    public void checkAtRest() {
        credits.accounts().all().forEach(truth -> truth.latest().ifPresent(document -> {
            Sum sum = sums.getOrDefault(document.id(), Sum.NOTHING);
            long posted = document.balancesAt(document.accountTime()).posted().micros();
            context.findings.expect(
                    sum.lastSeq() == document.seq() && sum.micros() == posted,
                    "deltas are applied once",
                    () -> document.id() + " has " + posted + " at " + document.seq() + ", the deltas say " + sum);
        }));
    }

    /** One instance of it; its state is in a database that all instances share. */
    private final class Instance extends Host {

        Instance(String name) {
            super(DeltaReader.this.context, name, credits.stores().database());
        }

        @Override
        protected void run(Process fresh) {
            LedgerStore ledger = new SimulatedLedger(
                    context.link("ledger", fresh),
                    credits.stores().database(),
                    credits.stores().ledger(),
                    context.counts);
            BatchProcessor<AccountEvent> batches = new BatchProcessor<>(
                    new EventReader<>(TYPES, AccountEvent.class),
                    events -> handle(Received.data(events), ledger),
                    new FaultHandling(
                            new SimulatedDeadLetters(
                                    context,
                                    broker,
                                    context.link("dead letters", fresh),
                                    Topic.deadLetters(Service.SESSION_SERVICE)),
                            fresh::pause,
                            context.random(fresh.name() + " consumers")));
            group.join(context.link("account events", fresh), batches::process);
        }

        @Override
        protected void stopped() {
            // nobody waits for it
        }
    }
}
