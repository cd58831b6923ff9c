package io.drawdown.kit.outbox;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a {@link Relay} takes the items of an outbox. Every answer comes on the core's thread and within a
 * bounded time; a failure means that the same is asked again, so each step must bear being done twice.
 */
public interface Destination<I> {

    /** The item's place in the sequence of its key; rises without gaps. */
    long seq(I item);

    /**
     * Writes the items down for good, before any of them is published; several keys at once, each one's in order. An
     * equal row that is there already counts as written.
     *
     * @return the keys whose items can not be written as they are, normally none: the relay publishes nothing of them
     *     and asks again later, one key alone
     */
    Uni<Set<String>> record(Map<String, List<I>> items);

    /** Publishes one item; the next one of its key waits for this. */
    Uni<Void> publish(String key, I item);

    /**
     * Takes items up to the given sequence number out of each key's aggregate. Losing a race here is no failure.
     *
     * @return what is left to this relay: of each key whose aggregate still held drained items, all that it holds now.
     *     Whoever added to them found them undrained and leaves what he added to the one that drains
     */
    Uni<Map<String, List<I>>> trim(Map<String, Long> drainedTo);
}
