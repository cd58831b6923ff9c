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

/** Tells everything that belongs to one event loop, twice a second, what time it is. Belongs to the thread of its loop. */
public final class LoopTicks {

    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final Map<EventLoop, LoopTicks> TICKS = new ConcurrentHashMap<>();

    private final LongSupplier nanos;
    private final Set<Ticking> told = new LinkedHashSet<>();

    /** What wants to know. */
    public interface Ticking {

        /** @param nanos monotonic */
        void tick(long nanos);
    }

    /** For tests: does not tick by itself. */
    public LoopTicks(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Those of a loop; to be called on that loop. */
    public static LoopTicks of(EventLoop loop) {
        return TICKS.computeIfAbsent(loop, LoopTicks::ticking);
    }

    private static LoopTicks ticking(EventLoop loop) {
        LoopTicks ticks = new LoopTicks(System::nanoTime);
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

    /** Tells all of them. */
    public void tick() {
        List.copyOf(told).forEach(one -> one.tick(nanos()));
    }
}
