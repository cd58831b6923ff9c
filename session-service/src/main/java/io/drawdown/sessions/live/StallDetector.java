package io.drawdown.sessions.live;

import io.drawdown.kit.time.Time;
import java.time.Duration;

/**
 * Notices that this process stalled. Whatever comes first after a stall looks here: a timer, an answer or a client's frame.
 *
 * <p>After a long stall the lease may have run out: nobody is served until the lease is known to be unbroken. After any
 * stall, a frame that comes over a socket that was open before may be old: it waited in the socket's buffer, and another
 * instance may have answered its client since.
 */
public final class StallDetector {

    /** Shorter than a lease by more than the time between two renewals. */
    static final Duration LONG_GAP = Duration.ofMillis(2_500);

    /** The gap after which the HTTP edges too take waiting requests for old. */
    static final Duration GAP = Duration.ofSeconds(2);

    /** How long after a stall frames from the buffers may still come. */
    static final Duration AFTERMATH = Duration.ofSeconds(1);

    private final Time time;
    private final Runnable woke;
    private long tickedNanos;
    private long noticedNanos;
    private long wokeNanos;
    private boolean everWoke;
    private boolean leaseUnchecked;

    /** @param woke told when a long stall is noticed */
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
        look();
        tickedNanos = time.nanos();
    }

    /** Notices a stall that ends now. To be called before any of the questions. */
    public void look() {
        long now = time.nanos();
        long gap = now - tickedNanos;
        if (gap > GAP.toNanos()) {
            tickedNanos = now;
            wokeNanos = now;
            everWoke = true;
        }
        if (gap > LONG_GAP.toNanos()) {
            noticedNanos = now;
            leaseUnchecked = true;
            woke.run();
        }
    }

    /** Whether there was a long stall since which the lease has not been seen unbroken. */
    boolean isLeaseUnchecked() {
        return leaseUnchecked;
    }

    /** Whether a frame that just came, over a socket opened at that time, may have been sent before a stall. */
    public boolean mayPrecede(long openedNanos) {
        boolean isAftermath = everWoke && time.nanos() - wokeNanos <= AFTERMATH.toNanos();
        return isAftermath && openedNanos - wokeNanos < 0;
    }

    /** The lease was unbroken at some moment after that time. Answers whether that ends a stall. */
    boolean leaseUnbroken(long atLeastNanos) {
        boolean ends = leaseUnchecked && atLeastNanos - noticedNanos >= 0;
        leaseUnchecked &= !ends;
        return ends;
    }

    /** Nothing is served any more, so nothing is to be checked. */
    void fenced() {
        leaseUnchecked = false;
    }
}
