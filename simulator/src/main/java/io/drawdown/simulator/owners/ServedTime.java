package io.drawdown.simulator.owners;

import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.Timeline;

/** How much of a session is used, as its owner counts it: exactly what it serves, and nothing while it stands still. */
final class ServedTime {

    private static final long MILLI = 1_000_000;

    private final Timeline timeline;
    private final Process process;
    private long beganNanos;
    private long usedNanos;
    private long fundedNanos;
    private long sinceNanos;
    private boolean serving;

    ServedTime(Timeline timeline, Process process) {
        this.timeline = timeline;
        this.process = process;
    }

    /** Goes on from there. */
    void begin(long usedMillis) {
        beganNanos = usedMillis * MILLI;
        usedNanos = beganNanos;
    }

    /** Of two figures the greater is true. */
    void fund(long fundedMillis) {
        fundedNanos = Math.max(fundedNanos, fundedMillis * MILLI);
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
        long served = serving ? now - sinceNanos - process.stoodStill(sinceNanos, now, 0) : 0;
        return Math.min(usedNanos + served, Math.max(usedNanos, fundedNanos));
    }

    long usedMillis() {
        return nanos() / MILLI;
    }

    /** How long it can still serve. */
    long leftNanos() {
        return Math.max(0, fundedNanos - nanos());
    }

    /** What this owner served itself. */
    long ownNanos() {
        return nanos() - beganNanos;
    }
}
