package io.drawdown.kit.outbox;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.outbox.Lane.Phase;
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
 * Takes the items of many outboxes to their {@link Destination}: for each key in order of its sequence, first the row,
 * then the event; different keys side by side.
 *
 * <p>The idea: the aggregate's document is the queue, this is only the hand that empties it. Whoever committed a write
 * offers the whole outbox of that write; what was offered before is known by its sequence number and skipped. Losing
 * everything here loses nothing: a sweep over the documents offers it again. Relays of several processes may serve one
 * aggregate: what a process adds to items that another relay is sending may be left to that one ({@link #isDraining}),
 * for it looks at the aggregate when it trims it, and once more a while later.
 *
 * <p>The invariant: an item is published only after its row is written and after the item before it was published;
 * {@link #drainedTo} rises over published items only. Proof sketch: a lane is in exactly one {@link Phase}, so it is in
 * one record batch or has one publication in flight, never both; {@code recorded} counts from the head of the lane and
 * only a publication moves the head; a failure leaves both as they were. So each step happens at least once and in
 * order; that it may happen twice is what {@link Destination} must bear.
 *
 * <p>Not safe for threads: it belongs to its core's {@link Scheduler}.
 */
public final class Relay<I> {

    private static final Logger LOG = Logger.getLogger(Relay.class);

    private final Destination<I> destination;
    private final Scheduler scheduler;
    private final RelayLimits limits;
    private final RandomGenerator random;

    private final Map<String, Lane<I>> lanes = new HashMap<>();
    private final Deque<Lane<I>> toRecord = new ArrayDeque<>();
    private final Deque<Lane<I>> toPublish = new ArrayDeque<>();
    private final Deque<Lane<I>> toTrim = new ArrayDeque<>();
    private int backlog;
    private int recording;
    private int publishing;
    private boolean trimming;
    private boolean awake;
    private boolean finishing;

    public Relay(Destination<I> destination, Scheduler scheduler, RelayLimits limits, RandomGenerator random) {
        this.destination = destination;
        this.scheduler = scheduler;
        this.limits = limits;
        this.random = random;
    }

    /**
     * Sends what is new among all undrained items of the key, given in order of their sequence, and trims the aggregate
     * of them, also of those that are not new. Beyond {@link RelayLimits#mostItems} the rest is left to a later offer.
     */
    public void offer(String key, List<I> undrained) {
        if (undrained.isEmpty() || (!lanes.containsKey(key) && lanes.size() >= limits.mostItems())) {
            return;
        }
        Lane<I> lane = lanes.computeIfAbsent(key, Lane::new);
        boolean isIdle = lane.isEmpty();
        backlog += lane.take(undrained, destination::seq, limits.mostItems() - backlog);
        if (lane.offeredTo() == 0) {
            lanes.remove(key);
        } else if (isIdle && (lane.trimmed || !lane.isEmpty())) {
            lane.trimmed = false;
            goOn(lane);
        }
    }

    /** Whether this relay will look at what the key's aggregate holds, so that what others add may be left to it. */
    public boolean isDraining(String key) {
        Lane<I> lane = lanes.get(key);
        return lane != null && !lane.trimmed;
    }

    /** For a stop: nothing waits for quiet or for a delay any more. When {@link #keys} is 0 nothing is left, nor would be sent again. */
    public void finish() {
        if (!finishing) {
            finishing = true;
            lanes.values().stream().filter(lane -> lane.timer != null).toList().forEach(this::goOn);
        }
    }

    /** The last sequence number of the key that is published, or 0 where nothing is known (any more). */
    public long drainedTo(String key) {
        Lane<I> lane = lanes.get(key);
        return lane == null ? 0 : lane.drainedTo();
    }

    /** Items that are offered and not yet published. */
    public int backlog() {
        return backlog;
    }

    /** Keys that are not yet forgotten. */
    public int keys() {
        return lanes.size();
    }

    private void goOn(Lane<I> lane) {
        lane.stopTimer();
        if (lane.isEmpty()) {
            lane.phase = Phase.QUIET;
            lane.timer = scheduler.after(untilTrim(lane), () -> line(lane, Phase.TRIM, toTrim));
        } else if (lane.isHeadRecorded()) {
            line(lane, Phase.PUBLISH, toPublish);
        } else {
            line(lane, Phase.RECORD, toRecord);
        }
    }

    private Duration untilTrim(Lane<I> lane) {
        if (finishing) {
            return Duration.ZERO;
        }
        return lane.trimmed ? limits.memory() : limits.quiet();
    }

    private void line(Lane<I> lane, Phase phase, Deque<Lane<I>> queue) {
        lane.timer = null;
        lane.phase = phase;
        queue.add(lane);
        wake();
    }

    /** One turn for all that becomes ready at this moment, so that batches fill and no answer nests in another. */
    private void wake() {
        if (!awake) {
            awake = true;
            scheduler.execute(this::turn);
        }
    }

    private void turn() {
        awake = false;
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
        Map<Lane<I>, List<I>> batch = new LinkedHashMap<>();
        int room = limits.batch();
        while (room > 0 && !toRecord.isEmpty()) {
            Lane<I> lane = toRecord.element();
            if (lane.alone && !batch.isEmpty()) {
                break;
            }
            toRecord.remove();
            List<I> items = lane.unrecorded(room);
            batch.put(lane, items);
            room = lane.alone ? 0 : room - items.size();
        }
        Map<String, List<I>> rows = new LinkedHashMap<>();
        batch.forEach((lane, items) -> rows.put(lane.key, items));
        recording++;
        Uni.createFrom()
                .deferred(() -> destination.record(rows))
                .subscribe()
                .with(refused -> recorded(batch, refused), fault -> notRecorded(batch, fault));
    }

    private void recorded(Map<Lane<I>, List<I>> batch, Set<String> refused) {
        recording--;
        batch.forEach((lane, items) -> {
            if (refused.contains(lane.key)) {
                lane.alone = true;
                retry(lane);
            } else {
                lane.alone = false;
                lane.failures = 0;
                lane.recorded(items.size());
                goOn(lane);
            }
        });
        wake();
    }

    private void notRecorded(Map<Lane<I>, List<I>> batch, Throwable fault) {
        recording--;
        boolean away = fault instanceof Unavailable || fault instanceof OutcomeUnknown;
        LOG.warnf("Rows of %d keys not written, tried again soon: %s", batch.size(), fault);
        for (Lane<I> lane : batch.keySet()) {
            lane.alone = !away;
            retry(lane);
        }
        wake();
    }

    private void publish(Lane<I> lane) {
        I item = lane.head();
        publishing++;
        Uni.createFrom()
                .deferred(() -> destination.publish(lane.key, item))
                .subscribe()
                .with(done -> published(lane, item), fault -> notPublished(lane, fault));
    }

    private void published(Lane<I> lane, I item) {
        publishing--;
        backlog--;
        lane.failures = 0;
        lane.published(destination.seq(item));
        goOn(lane);
        wake();
    }

    private void notPublished(Lane<I> lane, Throwable fault) {
        publishing--;
        if (lane.failures == 0) {
            LOG.warnf("An event was not published, tried again soon: %s", fault);
        }
        retry(lane);
        wake();
    }

    private void trim() {
        Map<Lane<I>, Long> batch = new LinkedHashMap<>();
        Map<String, Long> drainedTo = new LinkedHashMap<>();
        while (batch.size() < limits.batch() && !toTrim.isEmpty()) {
            Lane<I> lane = toTrim.remove();
            if (lane.phase == Phase.TRIM) {
                batch.put(lane, lane.drainedTo());
                drainedTo.put(lane.key, lane.drainedTo());
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
                        left -> trimmed(batch, lane -> trimmed(lane, left.getOrDefault(lane.key, List.of()))),
                        fault -> trimmed(batch, this::retry));
    }

    /** A lane that got something new meanwhile stays, and is trimmed again when it is quiet again. */
    private void trimmed(Map<Lane<I>, Long> batch, Consumer<Lane<I>> stillQuiet) {
        trimming = false;
        batch.forEach((lane, to) -> {
            if (lane.phase == Phase.TRIM && lane.drainedTo() == to) {
                stillQuiet.accept(lane);
            }
        });
        wake();
    }

    /** Whoever read before the trim may have written after it: only who finds nothing at a second look is done. */
    private void trimmed(Lane<I> lane, List<I> left) {
        if (left.isEmpty() && (lane.trimmed || limits.memory().isZero())) {
            lanes.remove(lane.key, lane);
        } else {
            lane.trimmed = left.isEmpty();
            backlog += lane.take(left, destination::seq, limits.mostItems() - backlog);
            goOn(lane);
        }
    }

    private void retry(Lane<I> lane) {
        lane.phase = Phase.RETRY;
        lane.timer = scheduler.after(limits.retry().delay(lane.failures++, random), () -> goOn(lane));
    }
}
