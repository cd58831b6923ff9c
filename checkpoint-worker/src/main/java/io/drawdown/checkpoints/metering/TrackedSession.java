package io.drawdown.checkpoints.metering;

import io.drawdown.contracts.MeterReading;

/** One session as heard so far: its greatest total in its greatest epoch, and whether that is still to be reported. */
final class TrackedSession {

    private MeterReading greatest;
    private boolean heard = true;
    private boolean queued;
    private long dueNanos;
    private int silentCycles;

    TrackedSession(MeterReading first) {
        this.greatest = first;
    }

    /** Totals only rise within an epoch; a newer epoch replaces an older one, an older one says nothing any more. */
    void hear(MeterReading reading) {
        if (reading.epoch() < greatest.epoch()) {
            return;
        }
        heard = true;
        if (reading.epoch() > greatest.epoch() || reading.usedMillis() > greatest.usedMillis()) {
            greatest = reading;
        }
    }

    /** Its place in the interval has come. True if it has to be queued now. */
    boolean comesDue(long nanos) {
        if (queued) {
            return false;
        }
        silentCycles = heard ? 0 : silentCycles + 1;
        if (heard) {
            queued = true;
            dueNanos = nanos;
        }
        return heard;
    }

    /** Takes what is to be reported; heard again only by a later reading or by {@link #putBack}. */
    MeterReading take() {
        heard = false;
        queued = false;
        return greatest;
    }

    /** The report did not get through. True if it has to be queued again. */
    boolean putBack(long originallyDueNanos) {
        heard = true;
        dueNanos = originallyDueNanos;
        boolean wasQueued = queued;
        queued = true;
        return !wasQueued;
    }

    boolean isSilentFor(int cycles) {
        return silentCycles >= cycles;
    }

    long dueNanos() {
        return dueNanos;
    }
}
