package io.drawdown.kit.outbox;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.outbox.AggregateQueue.Step;
import io.drawdown.kit.time.Pace;
import io.drawdown.kit.time.Scheduler;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Delivers the items of many outboxes to their {@link Destination}: for each aggregate in the order of its sequence, first
 * the row, then the event; different aggregates in parallel.
 *
 * <p>The idea: the aggregate's document is the queue, and the relay only empties it. After a write, the whole outbox
 * of the document is offered; the relay skips what was offered before by its sequence number. Losing the relay's
 * memory loses nothing: a sweep over the documents offers everything again. Relays of several instances may serve one
 * aggregate. An instance may leave what it adds to a relay that is already sending items of the aggregate ({@link
 * #isDraining}), because that relay looks at the aggregate when it trims it, and once more a while later.
 *
 * <p>The invariant: an item is published only after its row is stored and the item before it is published; {@link
 * #drainedTo} covers published items only. Proof sketch: a queue is in exactly one {@link Step}, so it is in one
 * record batch or has one publication in flight, never both; {@code recorded} counts from the head of the queue and
 * only a publication moves the head; a failure changes neither. So each step happens at least once and in order;
 * {@link Destination} must tolerate that it happens twice.
 *
 * <p>Not thread-safe: it belongs to the thread of its core's {@link Scheduler}.
 */
public final class Relay<I> {

    private static final Logger LOG = Logger.getLogger(Relay.class);

    private final Destination<I> destination;
    private final Scheduler scheduler;
    private final RelayLimits limits;
    private final RandomGenerator random;

    private final Map<String, AggregateQueue<I>> queues = new HashMap<>();
    private final Deque<AggregateQueue<I>> toRecord = new ArrayDeque<>();
    private final Deque<AggregateQueue<I>> toPublish = new ArrayDeque<>();
    private final Deque<AggregateQueue<I>> toTrim = new ArrayDeque<>();
    private final Pace records;
    private final Pace trims;
    private int backlog;
    private int recording;
    private int publishing;
    private boolean trimming;
    private boolean dispatchScheduled;
    private boolean finishing;

    public Relay(Destination<I> destination, Scheduler scheduler, RelayLimits limits, RandomGenerator random) {
        this.destination = destination;
        this.scheduler = scheduler;
        this.limits = limits;
        this.random = random;
        records = new Pace(scheduler, limits.pace(), this::scheduleDispatch);
        trims = new Pace(scheduler, limits.quiet().dividedBy(2), this::scheduleDispatch);
    }

    /**
     * Sends the new ones of all undrained items of the aggregate, given in the order of their sequence, and trims the
     * aggregate, also of items that are not new. Items beyond {@link RelayLimits#mostItems} are left to a later
     * offer.
     */
    public void offer(String aggregateId, List<I> undrained) {
        if (undrained.isEmpty() || (!queues.containsKey(aggregateId) && queues.size() >= limits.mostItems())) {
            return;
        }
        AggregateQueue<I> queue = queues.computeIfAbsent(aggregateId, added -> new AggregateQueue<>(added, scheduler));
        boolean isIdle = queue.isEmpty();
        backlog += queue.take(undrained, destination::seq, limits.mostItems() - backlog);
        if (queue.offeredTo() == 0) {
            queues.remove(aggregateId);
        } else if (isIdle && (queue.foundEmpty || !queue.isEmpty())) {
            queue.foundEmpty = false;
            enqueueNextStep(queue);
        }
    }

    /**
     * Whether this relay will look at the aggregate again, so that other instances may leave what they add to it.
     */
    public boolean isDraining(String aggregateId) {
        AggregateQueue<I> queue = queues.get(aggregateId);
        return queue != null && !queue.foundEmpty;
    }

    /**
     * For a stop: delays and quiet periods are skipped from now on. When {@link #aggregates} is 0, nothing is left to send.
     */
    public void finish() {
        if (!finishing) {
            finishing = true;
            queues.values().stream()
                    .filter(queue -> queue.timer.isSet())
                    .toList()
                    .forEach(this::enqueueNextStep);
        }
    }

    /** The last published sequence number of the aggregate; 0 if the relay knows none. */
    public long drainedTo(String aggregateId) {
        AggregateQueue<I> queue = queues.get(aggregateId);
        return queue == null ? 0 : queue.drainedTo();
    }

    /** Items that were offered and are not published yet. */
    public int backlog() {
        return backlog;
    }

    /** Aggregates that the relay has not forgotten yet. */
    public int aggregates() {
        return queues.size();
    }

    private void enqueueNextStep(AggregateQueue<I> queue) {
        queue.timer.cancel();
        if (queue.isEmpty()) {
            queue.step = Step.QUIET;
            queue.timer.set(untilTrim(queue), () -> enqueue(queue, Step.TRIM, toTrim));
        } else if (queue.isHeadRecorded()) {
            enqueue(queue, Step.PUBLISH, toPublish);
        } else {
            enqueue(queue, Step.RECORD, toRecord);
        }
    }

    private Duration untilTrim(AggregateQueue<I> queue) {
        Duration untilLook = queue.foundEmpty ? limits.memory() : limits.quiet();
        return finishing ? Duration.ZERO : untilLook;
    }

    private void enqueue(AggregateQueue<I> queue, Step step, Deque<AggregateQueue<I>> ready) {
        queue.step = step;
        ready.add(queue);
        scheduleDispatch();
    }

    /** One dispatch for everything that becomes ready at this moment, so that batches fill and answers do not nest. */
    private void scheduleDispatch() {
        if (!dispatchScheduled) {
            dispatchScheduled = true;
            scheduler.execute(this::dispatch);
        }
    }

    private void dispatch() {
        dispatchScheduled = false;
        while (publishing < limits.publishing() && !toPublish.isEmpty()) {
            publish(toPublish.remove());
        }
        while (recording < limits.recording() && !toRecord.isEmpty() && (finishing || records.begin())) {
            record();
        }
        boolean isTrimFull = toTrim.size() >= limits.batch(); // nothing more could go with it
        if (!trimming && !toTrim.isEmpty() && (finishing || isTrimFull || trims.begin())) {
            trim();
        }
    }

    private void record() {
        Map<AggregateQueue<I>, List<I>> batch = new LinkedHashMap<>();
        int room = limits.batch();
        while (room > 0 && !toRecord.isEmpty()) {
            AggregateQueue<I> queue = toRecord.element();
            if (queue.alone && !batch.isEmpty()) {
                break;
            }
            toRecord.remove();
            List<I> items = queue.unrecorded(room);
            batch.put(queue, items);
            room = queue.alone ? 0 : room - items.size();
        }
        Map<String, List<I>> rows = new LinkedHashMap<>();
        batch.forEach((queue, items) -> rows.put(queue.aggregateId, items));
        recording++;
        Uni.createFrom()
                .deferred(() -> destination.record(rows))
                .subscribe()
                .with(refused -> recorded(batch, refused), fault -> notRecorded(batch, fault));
    }

    private void recorded(Map<AggregateQueue<I>, List<I>> batch, Set<String> refused) {
        recording--;
        batch.forEach((queue, items) -> {
            if (refused.contains(queue.aggregateId)) {
                queue.alone = true;
                retry(queue);
            } else {
                queue.alone = false;
                queue.failures = 0;
                queue.recorded(items.size());
                enqueueNextStep(queue);
            }
        });
        scheduleDispatch();
    }

    private void notRecorded(Map<AggregateQueue<I>, List<I>> batch, Throwable fault) {
        recording--;
        boolean away = fault instanceof Unavailable || fault instanceof OutcomeUnknown;
        LOG.warnf("Rows not written, trying again: aggregates=%d fault=%s", batch.size(), fault);
        for (AggregateQueue<I> queue : batch.keySet()) {
            queue.alone = !away;
            retry(queue);
        }
        scheduleDispatch();
    }

    private void publish(AggregateQueue<I> queue) {
        List<I> items = queue.publishable(limits.batch());
        publishing++;
        Uni.createFrom()
                .deferred(() -> destination.publish(queue.aggregateId, items))
                .subscribe()
                .with(count -> published(queue, items.subList(0, count)), fault -> notPublished(queue, fault));
    }

    private void published(AggregateQueue<I> queue, List<I> items) {
        publishing--;
        backlog -= items.size();
        queue.failures = 0;
        queue.published(items.size(), destination.seq(items.getLast()));
        enqueueNextStep(queue);
        scheduleDispatch();
    }

    private void notPublished(AggregateQueue<I> queue, Throwable fault) {
        publishing--;
        if (queue.failures == 0) {
            LOG.warnf("Events not published, trying again: fault=%s", fault);
        }
        retry(queue);
        scheduleDispatch();
    }

    private void trim() {
        Map<AggregateQueue<I>, Long> batch = new LinkedHashMap<>();
        Map<String, Long> drainedTo = new LinkedHashMap<>();
        while (batch.size() < limits.batch() && !toTrim.isEmpty()) {
            AggregateQueue<I> queue = toTrim.remove();
            if (queue.step == Step.TRIM) {
                batch.put(queue, queue.drainedTo());
                drainedTo.put(queue.aggregateId, queue.drainedTo());
            }
        }
        if (batch.isEmpty()) {
            return;
        }
        trimming = true;
        Uni.createFrom()
                .deferred(() -> destination.trim(drainedTo))
                .subscribe()
                .with(
                        held -> trimAnswered(
                                batch, queue -> looked(queue, held.getOrDefault(queue.aggregateId, List.of()))),
                        fault -> trimAnswered(batch, this::retry));
    }

    /** A queue that got new items meanwhile stays; it is trimmed again when it is quiet again. */
    private void trimAnswered(Map<AggregateQueue<I>, Long> batch, Consumer<AggregateQueue<I>> next) {
        trimming = false;
        batch.forEach((queue, to) -> {
            if (queue.step == Step.TRIM && queue.drainedTo() == to) {
                next.accept(queue);
            }
        });
        scheduleDispatch();
    }

    /**
     * An instance that read the aggregate before the trim may have written after it. So the queue is forgotten only after
     * a second look finds nothing.
     */
    private void looked(AggregateQueue<I> queue, List<I> remaining) {
        if (remaining.isEmpty() && (queue.foundEmpty || limits.memory().isZero())) {
            queues.remove(queue.aggregateId, queue);
        } else {
            queue.foundEmpty = remaining.isEmpty();
            backlog += queue.take(remaining, destination::seq, limits.mostItems() - backlog);
            enqueueNextStep(queue);
        }
    }

    private void retry(AggregateQueue<I> queue) {
        queue.step = Step.RETRY;
        queue.timer.set(limits.retry().delay(queue.failures++, random), () -> enqueueNextStep(queue));
    }
}
