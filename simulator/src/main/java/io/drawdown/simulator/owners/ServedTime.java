package io.drawdown.simulator.owners;

import io.drawdown.contracts.HoldView;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.Timeline;

/** The used time of a session as its owner counts it: exactly what it serves, and nothing while the process stalls. */
final class ServedTime {

    private static final long MILLI = 1_000_000;
    private static final long KEPT_MILLIS = 1_000;

    private final Timeline timeline;
    private final Process process;
    private long beganNanos;
    private long usedNanos;
    private long incrementMillis = 1_000;
    private long cut;
    private long fundedNanos;
    private long sinceNanos;
    private boolean serving;

    ServedTime(Timeline timeline, Process process) {
        this.timeline = timeline;
        this.process = process;
    }

    /** Begins at a total that was used before. */
    void begin(long usedMillis) {
        beganNanos = usedMillis * MILLI;
        usedNanos = beganNanos;
    }

    /** Begins where the hold stands. */
    void begin(HoldView hold) {
        begin(hold.usedMillis());
        incrementMillis = hold.rate().incrementMillis();
        fund(hold.cut(), hold.fundedMillis());
    }

    /** Sets the funded time of a later cut, or raises it; a smaller figure of one cut is older and changes nothing. */
    void fund(long ofCut, long fundedMillis) {
        if (ofCut > cut) {
            cut = ofCut;
            fundedNanos = fundedMillis * MILLI;
        } else if (ofCut == cut) {
            fundedNanos = Math.max(fundedNanos, fundedMillis * MILLI);
        }
    }

    /** Begins the next cut, in which no more is funded than one second, or one increment, beyond what is used. */
    void lower() {
        usedNanos = nanos();
        sinceNanos = timeline.nanos();
        cut++;
        long kept = usedMillis() + Math.max(KEPT_MILLIS, incrementMillis);
        fundedNanos = Math.min(fundedNanos, Math.ceilDiv(kept, incrementMillis) * incrementMillis * MILLI);
    }

    long cut() {
        return cut;
    }

    long fundedMillis() {
        return fundedNanos / MILLI;
    }

    void serve() {
        serving = true;
        sinceNanos = timeline.nanos();
    }

    void stop() {
        usedNanos = nanos();
        serving = false;
    }

    private long nanos() {
        long now = timeline.nanos();
        long served = serving ? now - sinceNanos - process.stalledNanos(sinceNanos, now, 0) : 0;
        return Math.min(usedNanos + served, Math.max(usedNanos, fundedNanos));
    }

    long usedMillis() {
        return nanos() / MILLI;
    }

    /** How long it can still serve. */
    long leftNanos() {
        return Math.max(0, fundedNanos - nanos());
    }

    /** The time that this owner served itself. */
    long ownNanos() {
        return nanos() - beganNanos;
    }
}
