package io.drawdown.billing.item.store;

import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.Outbox;
import io.drawdown.contracts.ItemEvent;
import io.drawdown.contracts.Service;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.outbox.Destination;
import io.drawdown.kit.outbox.Relay;
import io.drawdown.kit.outbox.RelayLimits;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Publishes the events in the items' documents, in order per item, at least once. The document keeps everything; a sweep finds what
 * a crash left unpublished.
 */
public final class ItemOutbox implements Destination<ItemEvent>, GuardedWrites.Listener<ItemDocument> {

    private static final Duration SWEEP = Duration.ofSeconds(5);

    /** Whoever wrote it publishes it within this time. */
    private static final Duration FRESH = Duration.ofSeconds(4);

    private static final int MOST_SWEPT = 100;

    private final ItemStore store;
    private final EventPublisher publisher;
    private final Time time;
    private final Relay<ItemEvent> relay;
    private final PeriodicTask sweeps;

    public ItemOutbox(
            ItemStore store, EventPublisher publisher, Time time, Scheduler scheduler, RandomGenerator random) {
        this.store = store;
        this.publisher = publisher;
        this.time = time;
        relay = new Relay<>(this, scheduler, RelayLimits.OF_ONE_OWNER, random);
        sweeps = PeriodicTask.of("look for unsent events of items", scheduler, SWEEP, this::sweep);
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
    public void offered(ItemDocument item) {
        relay.offer(
                item.id(),
                item.outbox().unsent().stream()
                        .map(entry -> eventOf(item, entry))
                        .toList());
    }

    private Uni<Void> sweep() {
        return store.unsent(time.now().minus(FRESH), MOST_SWEPT)
                .invoke(found -> found.forEach(this::offered))
                .replaceWithVoid();
    }

    @Override
    public long seq(ItemEvent event) {
        return event.seq();
    }

    @Override
    public Uni<Set<String>> record(Map<String, List<ItemEvent>> events) {
        return Uni.createFrom().item(Set.of());
    }

    @Override
    public Uni<Integer> publish(String itemId, List<ItemEvent> events) {
        return publisher.publishInOrder(
                Topic.BILLING_ITEM, events.stream().map(ItemOutbox::cloudEvent).toList());
    }

    /** An item with a later event is trimmed after that one; a sweep finds what is left behind. */
    @Override
    public Uni<Map<String, List<ItemEvent>>> trim(Map<String, Long> drainedTo) {
        return store.trim(drainedTo).replaceWith(Map.<String, List<ItemEvent>>of());
    }

    private static CloudEvent cloudEvent(ItemEvent event) {
        return new CloudEvent(
                event.id(),
                event.type().eventType(),
                Service.BILLING_BATCH.serviceName(),
                event.queueItemId(),
                event.at(),
                event.queueItemId(),
                Json.bytes(event));
    }

    private static ItemEvent eventOf(ItemDocument item, Outbox.Entry entry) {
        Outbox.Cents cents = Objects.requireNonNullElseGet(entry.cents(), item::cents);
        return new ItemEvent(
                ItemEvent.Type.of(entry.status().word()),
                item.id(),
                entry.seq(),
                item.spec().team(),
                item.spec().itemId(),
                entry.life(),
                cents.price(),
                cents.amount(),
                entry.at(),
                entry.reason());
    }
}
