package io.drawdown.kit.outbox;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a {@link Relay} delivers the items of an outbox. Every answer comes on the core's thread and within a bounded
 * time. After a failure the relay makes the same call again, so each call must be safe to repeat.
 */
public interface Destination<I> {

    /** The sequence number of the item within its aggregate; it rises without gaps. */
    long seq(I item);

    /**
     * Stores the items before any of them is published: of several aggregates at once, the items of each in order. If an equal
     * row exists, the item counts as stored.
     *
     * @return the ids of the aggregates whose items cannot be stored as they are, normally none. The relay publishes nothing of them,
     * and asks again later with one aggregate alone
     */
    Uni<Set<String>> record(Map<String, List<I>> items);

    /**
     * Publishes items of one aggregate in their order, at least one; none is published before the one that precedes it. The
     * next items of the aggregate wait for the answer.
     *
     * @return how many are published, from the first on; it fails if the first one is not known to be
     */
    Uni<Integer> publish(String aggregateId, List<I> items);

    /**
     * Removes the items up to the given sequence number from each aggregate. Losing a race here is no failure.
     *
     * @return what remains for this relay: for each aggregate that still held drained items, all items that it
     * holds now. An instance that adds to undrained items leaves its own to the relay that drains them
     */
    Uni<Map<String, List<I>>> trim(Map<String, Long> drainedTo);
}
