package io.drawdown.tasks.task;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The events of a task that may not be published yet.
 *
 * @param seq of the last event, published or not
 * @param entries absent if there are none
 * @param pending the time of the first entry, else absent: the sweep takes the oldest first
 */
public record Outbox(
        long seq,
        @Nullable List<TaskEntry> entries,
        @Nullable Instant pending) {

    static final Outbox EMPTY = new Outbox(0, null, null);

    /** The entries in the order of their sequence. */
    public List<TaskEntry> unsent() {
        return entries == null ? List.of() : entries;
    }

    Outbox with(TaskEntry entry) {
        return of(
                entry.seq(), Stream.concat(unsent().stream(), Stream.of(entry)).toList());
    }

    /** Without the entries up to that seq. */
    Outbox trimmed(long drainedTo) {
        return of(
                seq, unsent().stream().filter(entry -> entry.seq() > drainedTo).toList());
    }

    private static Outbox of(long seq, List<TaskEntry> left) {
        return left.isEmpty()
                ? new Outbox(seq, null, null)
                : new Outbox(seq, left, left.getFirst().at());
    }
}
