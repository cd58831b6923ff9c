package io.drawdown.billing.item.engine;

import io.drawdown.billing.batch.RunFence;
import io.drawdown.billing.charge.engine.Charging;
import io.drawdown.billing.charge.engine.Turn;
import io.drawdown.billing.item.ItemDecisions;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemRules;
import io.drawdown.billing.item.ItemSpec;
import io.drawdown.billing.item.ItemState;
import io.drawdown.billing.item.store.ItemOutbox;
import io.drawdown.billing.item.store.ItemStores;
import io.drawdown.billing.payer.Payers;
import io.drawdown.billing.publish.Publisher;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.store.RandomIds;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.kit.trace.ChainTrace;
import io.drawdown.kit.trace.Spans;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The queued items: the one place where they are queued, cancelled, charged and published. Every answer comes on the core's thread.
 * Fails with {@code Unavailable} or {@code OutcomeUnknown} if a store does; every call may be repeated.
 */
public final class Items {

    private final ItemTools tools;
    private final Teams teams;
    private final Payers payers;
    private final ItemWork work;
    private final Turns turns = new Turns();
    private final ItemSettings settings;

    /** Everything outside that items talk to. */
    public record Ports(
            ItemStores stores,
            Charging charging,
            Payers payers,
            Publisher publisher,
            EventPublisher events,
            Spans spans) {

        /** Where no spans are started. */
        public Ports(ItemStores stores, Charging charging, Payers payers, Publisher publisher, EventPublisher events) {
            this(stores, charging, payers, publisher, events, Spans.NONE);
        }
    }

    public Items(Ports ports, ItemSettings settings, Time time, Scheduler scheduler, RandomGenerator random) {
        this.settings = settings;
        this.payers = ports.payers();
        ItemStores stores = ports.stores();
        ItemOutbox outbox = new ItemOutbox(stores.items(), ports.events(), time, scheduler, random);
        GuardedWrites<ItemDocument> writes =
                new GuardedWrites<>(stores.items(), ItemDocument::written, outbox, time, scheduler, random);
        tools = new ItemTools(stores, new FencedWrites<>(writes), outbox, new RandomIds(random), time, ports.spans());
        teams = new Teams(stores.teams(), time, scheduler, random);
        FreePlaces places = new FreePlaces(stores, teams);
        work = new ItemWork(tools, teams, places, ports.charging(), new Publishing(tools, teams, ports.publisher()));
    }

    /** Publishes events that a crash left behind. */
    public void start() {
        tools.outbox().start();
    }

    public ItemOutbox outbox() {
        return tools.outbox();
    }

    public ItemStores stores() {
        return tools.stores();
    }

    public Teams teams() {
        return teams;
    }

    public Payers payers() {
        return payers;
    }

    public ItemSettings settings() {
        return settings;
    }

    /** @param isNew whether it was not in the queue before */
    public record Queued(ItemDocument item, boolean isNew) {}

    /** Queues the item. One that is known stays as it is, unless it was cancelled. */
    public Uni<Queued> queue(ItemSpec spec) {
        return tools.stores()
                .items()
                .get(spec.documentId())
                .chain(found -> found.isPresent() ? again(found.get(), spec) : insert(spec));
    }

    private Uni<Queued> insert(ItemSpec spec) {
        Instant now = tools.time().now();
        ItemDocument first = ItemRules.queued(spec, turns.next(spec.team(), now), now);
        return ChainTrace.ask(trace -> tools.writes().insert(first.queuedBy(trace)))
                .chain(inserted ->
                        inserted.isPresent() ? Uni.createFrom().item(new Queued(inserted.get(), true)) : queue(spec));
    }

    private Uni<Queued> again(ItemDocument found, ItemSpec spec) {
        if (!(found.state() instanceof ItemState.Cancelled)) {
            return Uni.createFrom().item(new Queued(found, false));
        }
        Instant turn = turns.next(spec.team(), tools.time().now());
        int lives = found.life().n();
        return ChainTrace.ask(trace -> tools.writes().change(found, (current, now) -> {
                    ItemDocument again = ItemRules.queuedAgain(current, spec, turn, now);
                    return again == null ? null : again.queuedBy(trace);
                }))
                .map(item -> new Queued(item, item.life().n() > lives));
    }

    /** As stored, read after this call. */
    public Uni<Optional<ItemDocument>> find(String id) {
        return tools.stores().items().get(id);
    }

    /** Someone wants it cancelled. The answer shows whether it is; if its intent may take money, that is seen to first. */
    public Uni<ItemDocument> cancel(ItemDocument item, String reason, Duration patience) {
        return tools.writes()
                .change(item, (current, now) -> ItemRules.wished(current, reason, now))
                .chain(wished ->
                        finished(wished, unfenced(patience)).onFailure().transform(OutcomeUnknown::afterWrite));
    }

    /**
     * It is cancelled if it was queued before then and no money can be under way.
     *
     * @param left how long it may go on with calls of Stripe
     */
    public Uni<ItemDocument> expire(ItemDocument item, Instant queuedBefore, RunFence fence, Supplier<Duration> left) {
        Turn turn = new Turn(fence.number(), fence::mayWrite, left);
        return tools.writes()
                .change(item, turn, (current, now) -> ItemRules.expired(current, queuedBefore, now))
                .chain(expired -> finished(expired, turn));
    }

    /** Its team was told that it has expired, at that time. */
    public Uni<ItemDocument> told(ItemDocument item, Instant expiredAt, RunFence fence) {
        Turn turn = new Turn(fence.number(), fence::mayWrite, () -> Duration.ZERO);
        return tools.writes().change(item, turn, (current, now) -> ItemRules.told(current, expiredAt));
    }

    /** What follows from a wish: a free place is given back, an intent is cancelled. */
    private Uni<ItemDocument> finished(ItemDocument item, Turn turn) {
        boolean isWished = item.charge() != null && item.charge().wish() != null;
        return item.state() instanceof ItemState.Cancelled || (isWished && item.state() instanceof ItemState.Open)
                ? work(item, turn).map(Worked::item)
                : Uni.createFrom().item(item);
    }

    /** Works on it at once, also if its publication is not due. It goes on, so no fault says that nothing was done. */
    public Uni<ItemDocument> processNow(ItemDocument item, Duration patience) {
        return step(item, work.work(item, unfenced(patience), true))
                .map(Worked::item)
                .onFailure()
                .transform(OutcomeUnknown::afterWrite);
    }

    /** A person says whether it was published. */
    public Uni<ItemDocument> resolve(ItemDocument item, boolean isPublished) {
        return tools.writes().change(item, (current, now) -> ItemDecisions.published(current, isPublished, now));
    }

    /** A person says whether its dead charge took the money. The next run publishes it then, or it may be queued again. */
    public Uni<ItemDocument> resolveDead(ItemDocument item, boolean isCharged) {
        return tools.writes().change(item, (current, now) -> ItemDecisions.charged(current, isCharged, now));
    }

    /** Moves it as far as it goes. */
    Uni<Worked> work(ItemDocument item, Turn turn) {
        return step(item, work.work(item, turn, false));
    }

    /** Below the run, the request or the hint that moves it; who queued it is linked. */
    private Uni<Worked> step(ItemDocument item, Uni<Worked> moving) {
        return ChainTrace.step(
                tools.spans(),
                "move item",
                Stream.ofNullable(item.life().trace()).toList(),
                moving);
    }

    private Turn unfenced(Duration patience) {
        long until = tools.time().nanos() + patience.toNanos();
        return Turn.unfenced(
                () -> Duration.ofNanos(Math.max(0, until - tools.time().nanos())));
    }

    Time time() {
        return tools.time();
    }
}
