package io.drawdown.kit.events;

import io.drawdown.contracts.Topic;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** The port through which a core publishes events. */
public interface EventPublisher {

    /**
     * Completes, on the core's thread, when the broker has stored the event. Otherwise fails with {@code Unavailable}
     * or {@code OutcomeUnknown}. The same event may be published again.
     */
    Uni<Void> publish(Topic topic, CloudEvent event);

    /**
     * Publishes events with the same key, at least one, in their order: none is stored before the one that precedes it. So
     * if they are published again from the first on that is not known to be stored, a consumer that skips what it has
     * seen gets all of them in order.
     *
     * @return how many are stored, from the first on, at least one. It fails as {@link #publish} does if the first one is
     * not known to be stored
     */
    default Uni<Integer> publishInOrder(Topic topic, List<CloudEvent> events) {
        return publish(topic, events.getFirst())
                .chain(() -> Multi.createFrom()
                        .iterable(events.subList(1, events.size()))
                        .onItem()
                        .transformToUniAndConcatenate(
                                event -> publish(topic, event).replaceWith(event))
                        .onFailure()
                        .recoverWithCompletion()
                        .collect()
                        .asList())
                .map(others -> 1 + others.size());
    }
}
