package io.drawdown.checkpoints.metering;

import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.TraceContext;
import org.jspecify.annotations.Nullable;

/** One session as it was heard: its greatest total in its greatest epoch, and whether that still has to be reported. */
final class TrackedSession {

    private MeterReading greatest;
    private boolean heard = true;
    private boolean queued;
    private long dueNanos;
    private int silentRuns;
    private @Nullable TraceContext trace;

    TrackedSession(MeterReading first) {
        this.greatest = first;
    }

    /**
     * Within an epoch the total only rises. A newer epoch replaces an older one; readings of an older epoch are
     * ignored.
     */
    void hear(MeterReading reading) {
        if (reading.epoch() < greatest.epoch()) {
            return;
        }
        heard = true;
        if (reading.epoch() > greatest.epoch() || reading.usedMillis() > greatest.usedMillis()) {
            greatest = reading;
        }
    }

    /** What brought its latest reading. */
    void heardIn(@Nullable TraceContext heartbeat) {
        trace = heartbeat;
    }

    @Nullable
    TraceContext trace() {
        return trace;
    }

    /** Its slot has come. Returns whether the session has to be queued now. */
    boolean queueDue(long nanos) {
        if (queued) {
            return false;
        }
        silentRuns = heard ? 0 : silentRuns + 1;
        if (heard) {
            queued = true;
            dueNanos = nanos;
        }
        return heard;
    }

    /** Takes the reading to report. It is reported again only after a later reading or {@link #putBack}. */
    MeterReading take() {
        heard = false;
        queued = false;
        return greatest;
    }

    /** The report failed. Returns whether the session has to be queued again. */
    boolean putBack(long originallyDueNanos) {
        heard = true;
        dueNanos = originallyDueNanos;
        boolean wasQueued = queued;
        queued = true;
        return !wasQueued;
    }

    boolean isSilentFor(int runs) {
        return silentRuns >= runs;
    }

    long dueNanos() {
        return dueNanos;
    }
}
