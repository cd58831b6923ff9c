package io.drawdown.kit.events;

import io.drawdown.contracts.Topic;
import io.smallrye.mutiny.Uni;

/** The port through which a core publishes events. */
public interface EventPublisher {

    /**
     * Completes, on the core's thread, when the broker has stored the event. Otherwise fails with {@code Unavailable}
     * or {@code OutcomeUnknown}. The same event may be published again.
     */
    Uni<Void> publish(Topic topic, CloudEvent event);
}
