package io.drawdown.billing.store;

import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the documents of one collection keep the events that may not be published yet.
 *
 * @param <D> the documents
 * @param <E> the events
 */
public interface OutboxContents<D, E> {

    Topic topic();

    /** The events of the document in the order of their sequence. */
    List<E> unsent(D document);

    long seq(E event);

    CloudEvent cloudEvent(E event);

    /** The document without the events up to that seq; null if it has none of them. */
    @Nullable
    D trimmed(D document, long drainedTo);

    D written(D document, String writeId);

    /** Documents with events that were not published before then; the oldest first. */
    Uni<List<D>> pending(Instant before, int limit);
}
