package io.drawdown.kit.outbox;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.outbox.KeyQueue.Phase;
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
 * Delivers the items of many outboxes to their {@link Destination}: for each key in the order of its sequence, first
 * the row, then the event; different keys in parallel.
 *
 * <p>The idea: the aggregate's document is the queue, and the relay only empties it. After a write, the whole outbox
 * of the document is offered; the relay skips what was offered before by its sequence number. Losing the relay's
 * memory loses nothing: a sweep over the documents offers everything again. Relays of several processes may serve one
 * aggregate. A process may leave what it adds to a relay that is already sending items of the aggregate ({@link
 * #isDraining}), because that relay looks at the aggregate when it trims it, and once more a while later.
 *
 * <p>The invariant: an item is published only after its row is stored and the item before it is published; {@link
 * #drainedTo} covers published items only. Proof sketch: a queue is in exactly one {@link Phase}, so it is in one
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

    private final Map<String, KeyQueue<I>> queues = new HashMap<>();
    private final Deque<KeyQueue<I>> toRecord = new ArrayDeque<>();
    private final Deque<KeyQueue<I>> toPublish = new ArrayDeque<>();
    private final Deque<KeyQueue<I>> toTrim = new ArrayDeque<>();
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
    }

    /**
     * Sends the new ones of all undrained items of the key, given in the order of their sequence, and trims the
     * aggregate, also of items that are not new. Items beyond {@link RelayLimits#mostItems} are left to a later
     * offer.
     */
    public void offer(String key, List<I> undrained) {
        if (undrained.isEmpty() || (!queues.containsKey(key) && queues.size() >= limits.mostItems())) {
            return;
        }
        KeyQueue<I> queue = queues.computeIfAbsent(key, added -> new KeyQueue<>(added, scheduler));
        boolean isIdle = queue.isEmpty();
        backlog += queue.take(undrained, destination::seq, limits.mostItems() - backlog);
        if (queue.offeredTo() == 0) {
            queues.remove(key);
        } else if (isIdle && (queue.trimmed || !queue.isEmpty())) {
            queue.trimmed = false;
            enqueueNextStep(queue);
        }
    }

    /**
     * Whether this relay will look at the key's aggregate again, so that other processes may leave what they add to
     * it.
     */
    public boolean isDraining(String key) {
        KeyQueue<I> queue = queues.get(key);
        return queue != null && !queue.trimmed;
    }

    /**
     * For a stop: delays and quiet periods are skipped from now on. When {@link #keys} is 0, nothing is left to send.
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

    /** The last published sequence number of the key; 0 if the relay knows none. */
    public long drainedTo(String key) {
        KeyQueue<I> queue = queues.get(key);
        return queue == null ? 0 : queue.drainedTo();
    }

    /** Items that were offered and are not published yet. */
    public int backlog() {
        return backlog;
    }

    /** Keys that the relay has not forgotten yet. */
    public int keys() {
        return queues.size();
    }

    private void enqueueNextStep(KeyQueue<I> queue) {
        queue.timer.cancel();
        if (queue.isEmpty()) {
            queue.phase = Phase.QUIET;
            queue.timer.set(untilTrim(queue), () -> enqueue(queue, Phase.TRIM, toTrim));
        } else if (queue.isHeadRecorded()) {
            enqueue(queue, Phase.PUBLISH, toPublish);
        } else {
            enqueue(queue, Phase.RECORD, toRecord);
        }
    }

    private Duration untilTrim(KeyQueue<I> queue) {
        if (finishing) {
            return Duration.ZERO;
        }
        return queue.trimmed ? limits.memory() : limits.quiet();
    }

    private void enqueue(KeyQueue<I> queue, Phase phase, Deque<KeyQueue<I>> ready) {
        queue.phase = phase;
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
        while (recording < limits.recording() && !toRecord.isEmpty()) {
            record();
        }
        if (!trimming && !toTrim.isEmpty()) {
            trim();
        }
    }

    private void record() {
        Map<KeyQueue<I>, List<I>> batch = new LinkedHashMap<>();
        int room = limits.batch();
        while (room > 0 && !toRecord.isEmpty()) {
            KeyQueue<I> queue = toRecord.element();
            if (queue.alone && !batch.isEmpty()) {
                break;
            }
            toRecord.remove();
            List<I> items = queue.unrecorded(room);
            batch.put(queue, items);
            room = queue.alone ? 0 : room - items.size();
        }
        Map<String, List<I>> rows = new LinkedHashMap<>();
        batch.forEach((queue, items) -> rows.put(queue.key, items));
        recording++;
        Uni.createFrom()
                .deferred(() -> destination.record(rows))
                .subscribe()
                .with(refused -> recorded(batch, refused), fault -> notRecorded(batch, fault));
    }

    private void recorded(Map<KeyQueue<I>, List<I>> batch, Set<String> refused) {
        recording--;
        batch.forEach((queue, items) -> {
            if (refused.contains(queue.key)) {
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

    private void notRecorded(Map<KeyQueue<I>, List<I>> batch, Throwable fault) {
        recording--;
        boolean away = fault instanceof Unavailable || fault instanceof OutcomeUnknown;
        LOG.warnf("Rows not written, trying again: keys=%d fault=%s", batch.size(), fault);
        for (KeyQueue<I> queue : batch.keySet()) {
            queue.alone = !away;
            retry(queue);
        }
        scheduleDispatch();
    }

    private void publish(KeyQueue<I> queue) {
        I item = queue.head();
        publishing++;
        Uni.createFrom()
                .deferred(() -> destination.publish(queue.key, item))
                .subscribe()
                .with(done -> published(queue, item), fault -> notPublished(queue, fault));
    }

    private void published(KeyQueue<I> queue, I item) {
        publishing--;
        backlog--;
        queue.failures = 0;
        queue.published(destination.seq(item));
        enqueueNextStep(queue);
        scheduleDispatch();
    }

    private void notPublished(KeyQueue<I> queue, Throwable fault) {
        publishing--;
        if (queue.failures == 0) {
            LOG.warnf("Event not published, trying again: fault=%s", fault);
        }
        retry(queue);
        scheduleDispatch();
    }

    private void trim() {
        Map<KeyQueue<I>, Long> batch = new LinkedHashMap<>();
        Map<String, Long> drainedTo = new LinkedHashMap<>();
        while (batch.size() < limits.batch() && !toTrim.isEmpty()) {
            KeyQueue<I> queue = toTrim.remove();
            if (queue.phase == Phase.TRIM) {
                batch.put(queue, queue.drainedTo());
                drainedTo.put(queue.key, queue.drainedTo());
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
                        left -> trimmed(batch, queue -> trimmed(queue, left.getOrDefault(queue.key, List.of()))),
                        fault -> trimmed(batch, this::retry));
    }

    /** A queue that got new items meanwhile stays; it is trimmed again when it is quiet again. */
    private void trimmed(Map<KeyQueue<I>, Long> batch, Consumer<KeyQueue<I>> stillQuiet) {
        trimming = false;
        batch.forEach((queue, to) -> {
            if (queue.phase == Phase.TRIM && queue.drainedTo() == to) {
                stillQuiet.accept(queue);
            }
        });
        scheduleDispatch();
    }

    /**
     * A process that read the aggregate before the trim may have written after it. So the key is forgotten only after
     * a second look finds nothing.
     */
    private void trimmed(KeyQueue<I> queue, List<I> left) {
        if (left.isEmpty() && (queue.trimmed || limits.memory().isZero())) {
            queues.remove(queue.key, queue);
        } else {
            queue.trimmed = left.isEmpty();
            backlog += queue.take(left, destination::seq, limits.mostItems() - backlog);
            enqueueNextStep(queue);
        }
    }

    private void retry(KeyQueue<I> queue) {
        queue.phase = Phase.RETRY;
        queue.timer.set(limits.retry().delay(queue.failures++, random), () -> enqueueNextStep(queue));
    }
}
