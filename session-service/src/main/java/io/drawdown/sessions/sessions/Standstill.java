package io.drawdown.sessions.sessions;

import io.drawdown.kit.time.Time;
import java.time.Duration;

/**
 * Notices that this process stood still for so long that its lease may have run out. From then on nobody is served until
 * the lease is known to be unbroken. Whatever happens first after the standstill, a timer, an answer or a client's frame,
 * asks here before it serves.
 */
final class Standstill {

    /** Shorter than a lease by more than the time between two renewals. */
    static final Duration LONG_GAP = Duration.ofMillis(2_500);

    private final Time time;
    private final Runnable woke;
    private long tickedNanos;
    private long noticedNanos;
    private boolean unchecked;

    /** @param woke told when one is noticed */
    Standstill(Time time, Runnable woke) {
        this.time = time;
        this.woke = woke;
        this.tickedNanos = time.nanos();
    }

    /** From now on it watches. */
    void start() {
        tickedNanos = time.nanos();
    }

    /** The process runs. */
    void tick() {
        isUnchecked();
        tickedNanos = time.nanos();
    }

    /** Whether there was one since which nobody has seen the lease unbroken. */
    boolean isUnchecked() {
        long now = time.nanos();
        if (now - tickedNanos > LONG_GAP.toNanos()) {
            tickedNanos = now;
            noticedNanos = now;
            unchecked = true;
            woke.run();
        }
        return unchecked;
    }

    /** The lease was unbroken at some moment after that; whether this ends a standstill. */
    boolean leaseUnbroken(long atLeastNanos) {
        boolean ends = unchecked && atLeastNanos - noticedNanos >= 0;
        unchecked &= !ends;
        return ends;
    }

    /** What was served is not any more. */
    void fenced() {
        unchecked = false;
    }
}
