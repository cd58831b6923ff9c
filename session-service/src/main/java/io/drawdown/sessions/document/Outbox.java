package io.drawdown.sessions.document;

import io.drawdown.contracts.SessionEvent;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The events that may not be published yet.
 *
 * @param seq of the last event, published or not
 * @param pending true while there are events, else absent: the sweep looks for it
 */
public record Outbox(
        long seq, List<SessionEvent> events, @Nullable Boolean pending) {

    /** More events than a start, an end and some pauses have. */
    private static final int MANY = 32;

    static final Outbox EMPTY = new Outbox(0, List.of(), null);

    public Outbox {
        events = List.copyOf(events);
    }

    public boolean isPending() {
        return pending != null;
    }

    /** Whether so many events wait that no further pause should add its own: a pause may be asked for at any rate. */
    public boolean isFull() {
        return events.size() >= MANY;
    }

    /** The next event is not pending before it is {@link SessionDocument#written}. */
    Outbox with(SessionEvent event) {
        return new Outbox(
                event.seq(), Stream.concat(events.stream(), Stream.of(event)).toList(), pending);
    }

    Outbox trimmed(long drainedTo) {
        List<SessionEvent> left =
                events.stream().filter(event -> event.seq() > drainedTo).toList();
        return new Outbox(seq, left, left.isEmpty() ? null : true);
    }
}
