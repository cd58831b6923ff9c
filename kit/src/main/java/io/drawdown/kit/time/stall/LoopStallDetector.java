package io.drawdown.kit.time.stall;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Watches one event loop for stalls.
 *
 * <p>The idea. The loop ticks. Whatever comes first after a gap above {@link #LONGEST_GAP}, the tick or a channel with
 * something to read, finds the gap and closes every guarded connection of the loop before anything is read from it. A
 * request that arrived during the gap sits in the buffer of its socket, or in the accept queue; its client may have given
 * up, and may have been refused elsewhere since. It goes with its connection and is never executed.
 *
 * <p>The limit. A request that was read before the gap has begun and goes on. A request that reaches the socket only after
 * the gap is executed; its {@code Request-Deadline} is what refuses it if it is old.
 *
 * <p>Belongs to the thread of its loop.
 */
final class LoopStallDetector {

    static final Duration LONGEST_GAP = Duration.ofSeconds(2);
    static final Duration TICK = Duration.ofMillis(500);

    private static final Logger LOG = Logger.getLogger("io.drawdown.kit.Stall");
    private static final Map<EventLoop, LoopStallDetector> WATCHES = new ConcurrentHashMap<>();
    private static final LongAdder STALLS = new LongAdder();

    private final LongSupplier nanos;
    private final Set<Guarded> guarded = new LinkedHashSet<>();
    private long seenNanos;

    /** Something in which old requests may wait. */
    interface Guarded {

        /** The loop stalled. */
        void stoodStill();
    }

    LoopStallDetector(LongSupplier nanos) {
        this.nanos = nanos;
        this.seenNanos = nanos.getAsLong();
    }

    /** The detector of a loop, which ticks from now on; must be called on that loop. */
    static LoopStallDetector of(EventLoop loop) {
        return WATCHES.computeIfAbsent(loop, LoopStallDetector::ticking);
    }

    /** How many stalls the loops of this process had. */
    static long stalls() {
        return STALLS.sum();
    }

    private static LoopStallDetector ticking(EventLoop loop) {
        LoopStallDetector detector = new LoopStallDetector(System::nanoTime);
        var unused =
                loop.scheduleWithFixedDelay(detector::look, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
        return detector;
    }

    void add(Guarded one) {
        guarded.add(one);
    }

    void remove(Guarded one) {
        guarded.remove(one);
    }

    /** Checks whether the loop stalled; if so, tells everything that it guards. */
    void look() {
        long now = nanos.getAsLong();
        long gap = now - seenNanos;
        seenNanos = now;
        if (gap > LONGEST_GAP.toNanos()) {
            STALLS.increment();
            LOG.warnf(
                    "Event loop stalled, connections closed: gapMillis=%d connections=%d",
                    TimeUnit.NANOSECONDS.toMillis(gap), guarded.size());
            List.copyOf(guarded).forEach(Guarded::stoodStill);
        }
    }
}
