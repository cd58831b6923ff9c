package io.drawdown.bench.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** When each event of one key came, of {@link System#nanoTime}. Safe for use by several threads. */
public final class Arrivals {

    private static final Duration LOOK = Duration.ofMillis(20);

    private final List<Long> nanos = new ArrayList<>();

    private long lastBytes;

    synchronized void add(long when, long bytes) {
        nanos.add(when);
        lastBytes = bytes;
    }

    /** The size of the one that came last, with key and headers. */
    public synchronized long lastBytes() {
        return lastBytes;
    }

    public synchronized long count() {
        return nanos.size();
    }

    /** How many came from this moment on and before that one. */
    public synchronized long between(long from, long until) {
        return nanos.stream().filter(when -> when >= from && when < until).count();
    }

    /**
     * Waits until so many have come.
     *
     * @return when the last of them came
     * @throws IllegalStateException if they do not come in this time
     */
    public long await(long events, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        while (count() < events) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException(count() + " events came, not " + events);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        synchronized (this) {
            return nanos.get((int) events - 1);
        }
    }
}
