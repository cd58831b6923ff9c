package io.drawdown.checkpoints.config;

import io.drawdown.contracts.UsageReport;
import java.time.Duration;

/**
 * The bounds of one worker.
 *
 * @param interval each session is reported once in it
 * @param tick how often the due sessions are collected; the interval has at least one
 * @param readingsPerRecord how many readings are folded into one record at most
 * @param recordsPerTick how many records are sent in one tick at most
 * @param recordsInFlight how many records may wait for the broker
 * @param sessions how many sessions are kept; a further one is not metered here, its owner renews by itself
 * @param silentCycles after so many cycles without a reading a session is forgotten
 */
public record CheckpointLimits(
        Duration interval,
        Duration tick,
        int readingsPerRecord,
        int recordsPerTick,
        int recordsInFlight,
        int sessions,
        int silentCycles) {

    public CheckpointLimits {
        if (tick.isNegative() || tick.isZero() || interval.compareTo(tick) < 0) {
            throw new IllegalArgumentException("the checkpoint interval is at least one tick of " + tick);
        }
        if (Math.min(Math.min(readingsPerRecord, recordsPerTick), Math.min(recordsInFlight, sessions)) < 1
                || silentCycles < 1) {
            throw new IllegalArgumentException("every limit is positive");
        }
    }

    /** The limits of production for an interval. */
    public static CheckpointLimits of(Duration interval) {
        return new CheckpointLimits(interval, Duration.ofMillis(250), UsageReport.MAX_READINGS, 64, 256, 200_000, 2);
    }

    public int slots() {
        return Math.toIntExact(interval.toNanos() / tick.toNanos());
    }

    public Duration warnAbove() {
        return interval.multipliedBy(4).dividedBy(5);
    }
}
