package io.drawdown.sessions.live;

import io.drawdown.kit.time.Time;
import java.time.Duration;

/**
 * Notices that this process stalled. Whatever happens first after the stall, a timer, an answer or a client's
 * frame, asks here.
 *
 * <p>After a long one its lease may have run out: nobody is served until the lease is known to be unbroken. After a shorter
 * one already, what a client asked for over a socket that was open before may be old: it waited in the socket's buffer,
 * and the client may have been answered elsewhere since.
 */
public final class StallDetector {

    /** Shorter than a lease by more than the time between two renewals. */
    static final Duration LONG_GAP = Duration.ofMillis(2_500);

    /** As the edges take it, for old requests. */
    static final Duration GAP = Duration.ofSeconds(2);

    /** How long after it what waited in buffers may still come. */
    static final Duration AFTERMATH = Duration.ofSeconds(1);

    private final Time time;
    private final Runnable woke;
    private long tickedNanos;
    private long noticedNanos;
    private long wokeNanos;
    private boolean everWoke;
    private boolean unchecked;

    /** @param woke told when one is noticed */
    public StallDetector(Time time, Runnable woke) {
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
        long gap = now - tickedNanos;
        if (gap > GAP.toNanos()) {
            tickedNanos = now;
            wokeNanos = now;
            everWoke = true;
        }
        if (gap > LONG_GAP.toNanos()) {
            noticedNanos = now;
            unchecked = true;
            woke.run();
        }
        return unchecked;
    }

    /** Whether what just came over a socket that was opened then may have been sent before a stall. */
    public boolean mayPrecede(long openedNanos) {
        isUnchecked();
        boolean isAftermath = everWoke && time.nanos() - wokeNanos <= AFTERMATH.toNanos();
        return isAftermath && openedNanos - wokeNanos < 0;
    }

    /** The lease was unbroken at some moment after that; whether this ends a stall. */
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
