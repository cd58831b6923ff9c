package io.drawdown.simulator.world;

import io.drawdown.kit.time.Scheduler.Timer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The single thread of the simulated world and its waiting actions. They run one at a time, in the order of their time,
 * then of their arrival. The clock moves only from action to action.
 */
public final class Timeline {

    private Waiting[] heap = new Waiting[256];
    private int size;
    private long nanos;
    private long arrivals;

    public long nanos() {
        return nanos;
    }

    /** Runs the action once, {@code delayNanos} from now. */
    public Timer after(long delayNanos, Runnable action) {
        Waiting waiting = new Waiting(nanos + Math.max(0, delayNanos), arrivals++, action);
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        rise(size++, waiting);
        return waiting;
    }

    /**
     * Runs the next action if it is due by {@code untilNanos}, else moves the clock there. Returns whether an action
     * ran.
     */
    public boolean next(long untilNanos) {
        while (size > 0 && heap[0].dueNanos <= untilNanos) {
            Waiting first = remove();
            Runnable action = first.action;
            if (action != null) {
                nanos = first.dueNanos;
                first.action = null;
                action.run();
                return true;
            }
        }
        nanos = Math.max(nanos, untilNanos);
        return false;
    }

    private Waiting remove() {
        Waiting first = heap[0];
        Waiting last = heap[--size];
        if (size > 0) {
            sink(last);
        }
        return first;
    }

    private void rise(int from, Waiting waiting) {
        int at = from;
        while (at > 0 && waiting.isBefore(heap[(at - 1) >>> 1])) {
            heap[at] = heap[(at - 1) >>> 1];
            at = (at - 1) >>> 1;
        }
        heap[at] = waiting;
    }

    private void sink(Waiting waiting) {
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && heap[child + 1].isBefore(heap[child])) {
                child++;
            }
            if (!heap[child].isBefore(waiting)) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = waiting;
    }

    private static final class Waiting implements Timer {
        final long dueNanos;
        final long arrival;

        @Nullable
        Runnable action;

        Waiting(long dueNanos, long arrival, Runnable action) {
            this.dueNanos = dueNanos;
            this.arrival = arrival;
            this.action = action;
        }

        boolean isBefore(Waiting other) {
            return dueNanos < other.dueNanos || (dueNanos == other.dueNanos && arrival < other.arrival);
        }

        @Override
        public void cancel() {
            action = null;
        }
    }
}
