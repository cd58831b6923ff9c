package io.drawdown.billing.store;

import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.outbox.Destination;
import io.drawdown.kit.outbox.Relay;
import io.drawdown.kit.outbox.RelayLimits;
import io.drawdown.kit.store.GuardedDocument;
import io.drawdown.kit.store.GuardedStore;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Publishes the events in the documents of one collection, in order per document, at least once. The document keeps everything; a
 * sweep finds what a crash left unpublished.
 */
public final class DocumentOutbox<D extends GuardedDocument, E> implements Destination<E>, GuardedWrites.Listener<D> {

    private static final Duration SWEEP = Duration.ofSeconds(5);

    /** Whoever wrote it publishes it within this time. */
    private static final Duration FRESH = Duration.ofSeconds(4);

    private static final int MOST_SWEPT = 100;

    private final GuardedStore<D> store;
    private final OutboxContents<D, E> contents;
    private final EventPublisher publisher;
    private final Time time;
    private final Relay<E> relay;
    private final GuardedWrites<D> trims;
    private final PeriodicTask sweeps;

    /** @param name of the sweep, for the log */
    public DocumentOutbox(
            String name,
            GuardedStore<D> store,
            OutboxContents<D, E> contents,
            EventPublisher publisher,
            Time time,
            Scheduler scheduler,
            RandomGenerator random) {
        this.store = store;
        this.contents = contents;
        this.publisher = publisher;
        this.time = time;
        relay = new Relay<>(this, scheduler, RelayLimits.OF_ONE_OWNER, random);
        trims = new GuardedWrites<>(store, contents::written, document -> {}, time, scheduler, random);
        sweeps = PeriodicTask.of(name, scheduler, SWEEP, this::sweep);
    }

    public void start() {
        sweeps.startNow();
    }

    /** Publishes at once what is left, and looks for no more. */
    public void finish() {
        sweeps.stop();
        relay.finish();
    }

    public boolean isDrained() {
        return relay.aggregates() == 0;
    }

    public int backlog() {
        return relay.backlog();
    }

    @Override
    public void offered(D document) {
        relay.offer(document.id(), contents.unsent(document));
    }

    private Uni<Void> sweep() {
        return contents.pending(time.now().minus(FRESH), MOST_SWEPT)
                .invoke(found -> found.forEach(this::offered))
                .replaceWithVoid();
    }

    @Override
    public long seq(E event) {
        return contents.seq(event);
    }

    @Override
    public Uni<Set<String>> record(Map<String, List<E>> events) {
        return Uni.createFrom().item(Set.of());
    }

    @Override
    public Uni<Integer> publish(String id, List<E> events) {
        return publisher.publishInOrder(
                contents.topic(), events.stream().map(contents::cloudEvent).toList());
    }

    @Override
    public Uni<Map<String, List<E>>> trim(Map<String, Long> drainedTo) {
        return Multi.createFrom()
                .iterable(drainedTo.entrySet())
                .onItem()
                .transformToUniAndMerge(each -> trim(each.getKey(), each.getValue()))
                .collect()
                .asList()
                .replaceWith(Map.<String, List<E>>of());
    }

    private Uni<Void> trim(String id, long drainedTo) {
        return store.get(id)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : trims.change(found.get(), (document, now) -> contents.trimmed(document, drainedTo))
                                .replaceWithVoid());
    }
}
