package io.drawdown.kit.time;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Ticks twice a second on one event loop, and tells everything registered with it the time. Belongs to the thread of
 * its loop.
 */
public final class LoopTicks {

    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final Map<EventLoop, LoopTicks> TICKS = new ConcurrentHashMap<>();

    private final LongSupplier nanos;
    private final Set<Ticking> told = new LinkedHashSet<>();

    /** Something that is told of every tick. */
    public interface Ticking {

        /** @param nanos monotonic */
        void tick(long nanos);
    }

    /** For tests: does not tick by itself. */
    public LoopTicks(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The ticks of a loop; must be called on that loop. */
    public static LoopTicks of(EventLoop loop) {
        return TICKS.computeIfAbsent(loop, LoopTicks::ticking);
    }

    private static LoopTicks ticking(EventLoop loop) {
        LoopTicks ticks = new LoopTicks(System::nanoTime);
        var unused =
                loop.scheduleWithFixedDelay(ticks::tick, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        return ticks;
    }

    public long nanos() {
        return nanos.getAsLong();
    }

    public void add(Ticking one) {
        told.add(one);
    }

    public void remove(Ticking one) {
        told.remove(one);
    }

    /** Tells everything registered. */
    public void tick() {
        List.copyOf(told).forEach(one -> one.tick(nanos()));
    }
}
