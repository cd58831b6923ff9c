package io.drawdown.kit.outbox;

import io.drawdown.kit.time.ResettableTimer;
import io.drawdown.kit.time.Scheduler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.ToLongFunction;

/** The state of one aggregate in a {@link Relay}: the items to send, the first {@code recorded} of which have their rows. */
final class AggregateQueue<I> {

    /** What the queue waits for. */
    enum Step {
        /** A place in a record batch, or the answer to it. */
        RECORD,
        /** A free place to publish, or the answer to the publication. */
        PUBLISH,
        /** The end of a delay after a failure. */
        RETRY,
        /** A moment without new items; a longer one once the aggregate was found empty. */
        QUIET,
        /** A place in a trim batch, or the answer to it. */
        TRIM
    }

    final String aggregateId;
    Step step = Step.QUIET;
    /** Failures in a row. */
    int failures;
    /** Its last record batch failed for a reason that must not affect the other aggregates of the next batch. */
    boolean alone;

    /** Its aggregate held no items at the last look; one more look, and the queue is forgotten. */
    boolean foundEmpty;

    final ResettableTimer timer;

    private final Deque<I> items = new ArrayDeque<>();
    private int recorded;
    private long offeredTo;
    private long drainedTo;

    AggregateQueue(String aggregateId, Scheduler scheduler) {
        this.aggregateId = aggregateId;
        this.timer = new ResettableTimer(scheduler);
    }

    long offeredTo() {
        return offeredTo;
    }

    long drainedTo() {
        return drainedTo;
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    boolean isHeadRecorded() {
        return recorded > 0;
    }

    /** Adds the items that are new, at most {@code most}. Returns how many it added. */
    int take(List<I> offered, ToLongFunction<I> seq, int most) {
        int added = 0;
        for (I item : offered) {
            if (seq.applyAsLong(item) > offeredTo && added < most) {
                items.add(item);
                offeredTo = seq.applyAsLong(item);
                added++;
            }
        }
        return added;
    }

    /** The items without a row, at most {@code most}. */
    List<I> unrecorded(int most) {
        return new ArrayList<>(items.stream().skip(recorded).limit(most).toList());
    }

    void recorded(int count) {
        recorded += count;
    }

    /** The first items with a row, at most {@code most}. */
    List<I> publishable(int most) {
        return items.stream().limit(Math.min(most, recorded)).toList();
    }

    /** Removes so many from the first on, the last of which has this sequence number. */
    void published(int count, long seq) {
        for (int each = 0; each < count; each++) {
            items.remove();
        }
        recorded -= count;
        drainedTo = seq;
    }
}
