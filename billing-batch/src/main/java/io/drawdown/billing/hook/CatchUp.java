package io.drawdown.billing.hook;

import io.drawdown.billing.hook.EventFeed.Page;
import io.drawdown.kit.store.GuardedStore;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads Stripe's own list of events, so that one whose delivery was missed is in the inbox all the same. It goes by Stripe's clock only:
 * from a while before the latest event that the last complete reading has seen. Belongs to the thread of its core.
 */
public final class CatchUp {

    /** An event may appear so much later in the list than its time says. */
    private static final Duration OVERLAP = Duration.ofHours(1);

    private final EventFeed feed;
    private final Inbox inbox;
    private final GuardedStore<FeedDocument> store;
    private final GuardedWrites<FeedDocument> writes;

    public CatchUp(
            EventFeed feed,
            Inbox inbox,
            GuardedStore<FeedDocument> store,
            Time time,
            Scheduler scheduler,
            RandomGenerator random) {
        this.feed = feed;
        this.inbox = inbox;
        this.store = store;
        this.writes = new GuardedWrites<>(store, FeedDocument::written, document -> {}, time, scheduler, random);
    }

    /** Whether there is a key of Stripe. */
    public boolean isConfigured() {
        return feed.isConfigured();
    }

    /** From which time on this reading reads. */
    public Uni<Long> begin() {
        return store.get(FeedDocument.EVENTS)
                .map(found -> found.map(FeedDocument::throughSeconds).orElse(0L))
                .map(through -> Math.max(0, through - OVERLAP.toSeconds()));
    }

    /** Fails as {@link EventFeed} does. */
    public Uni<Page> page(long fromSeconds, @Nullable String after) {
        return feed.list(fromSeconds, after);
    }

    /** Puts what is new into the inbox, unless there is nothing to look at; answers how many it put there. */
    public Uni<Integer> take(Page page) {
        return Multi.createFrom()
                .iterable(page.hints())
                .filter(hint -> hint.subject() != Hint.Subject.OTHER)
                .onItem()
                .transformToUniAndConcatenate(inbox::take)
                .collect()
                .with(Collectors.summingInt(isNew -> isNew ? 1 : 0));
    }

    /** The list was read to its end; its latest event was made then. */
    public Uni<Void> complete(long throughSeconds) {
        return store.get(FeedDocument.EVENTS)
                .chain(found -> found.isPresent() ? Uni.createFrom().item(found) : writes.insert(FeedDocument.first()))
                .chain(found -> found.isPresent() ? Uni.createFrom().item(found) : store.get(FeedDocument.EVENTS))
                .chain(found -> writes.change(found.orElseThrow(), (current, now) -> current.read(throughSeconds)))
                .replaceWithVoid();
    }
}
