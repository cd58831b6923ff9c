package io.drawdown.kit.events;

import io.drawdown.contracts.Topic;
import io.smallrye.mutiny.Uni;

/** The port through which a core tells the world. */
public interface EventPublisher {

    /**
     * Completes, on the core's thread, when the broker has the event for good. Fails with {@code Unavailable} or {@code
     * OutcomeUnknown} otherwise; to publish the same event again is always allowed.
     */
    Uni<Void> publish(Topic topic, CloudEvent event);
}
