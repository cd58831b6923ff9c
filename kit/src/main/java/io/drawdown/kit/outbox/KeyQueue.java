package io.drawdown.kit.outbox;

import io.drawdown.kit.time.ResettableTimer;
import io.drawdown.kit.time.Scheduler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.ToLongFunction;

/** What a {@link Relay} knows of one key: the items to send, the first {@code recorded} of which have their rows. */
final class KeyQueue<I> {

    /** What the queue waits for. */
    enum Phase {
        /** A place in a record batch, or for its answer. */
        RECORD,
        /** A place among those that publish, or for the answer. */
        PUBLISH,
        /** The end of a delay after a failure. */
        RETRY,
        /** A moment without anything new, and once trimmed a while longer. */
        QUIET,
        /** A place in a trim batch, or for its answer. */
        TRIM
    }

    final String key;
    Phase phase = Phase.QUIET;
    /** Failures in a row. */
    int failures;
    /** Its last record batch failed in a way that another key of the batch should not suffer from. */
    boolean alone;

    /** Nothing of it was left in its aggregate; it is looked at once more before the queue is forgotten. */
    boolean trimmed;

    final ResettableTimer timer;

    private final Deque<I> items = new ArrayDeque<>();
    private int recorded;
    private long offeredTo;
    private long drainedTo;

    KeyQueue(String key, Scheduler scheduler) {
        this.key = key;
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

    /** Adds what is new of the items, at most so many; how many that were. */
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

    /** What has no row yet, at most so many. */
    List<I> unrecorded(int most) {
        return new ArrayList<>(items.stream().skip(recorded).limit(most).toList());
    }

    void recorded(int count) {
        recorded += count;
    }

    I head() {
        return items.element();
    }

    void published(long seq) {
        items.remove();
        recorded--;
        drainedTo = seq;
    }
}
