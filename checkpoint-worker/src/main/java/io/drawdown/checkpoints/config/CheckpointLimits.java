package io.drawdown.checkpoints.config;

import io.drawdown.contracts.UsageReport;
import java.time.Duration;

/**
 * The bounds of one worker.
 *
 * @param interval the time in which each session is reported once
 * @param tick how often the due sessions are collected; not longer than the interval
 * @param readingsPerRecord the most readings in one record
 * @param recordsPerTick the most records sent in one tick
 * @param recordsInFlight the most records that wait for the broker
 * @param sessions the most sessions that it keeps; a further one is not reported by this worker, and its owner renews by
 *     itself
 * @param silentRuns the runs without a reading after which a session is forgotten
 */
public record CheckpointLimits(
        Duration interval,
        Duration tick,
        int readingsPerRecord,
        int recordsPerTick,
        int recordsInFlight,
        int sessions,
        int silentRuns) {

    public CheckpointLimits {
        if (tick.isNegative() || tick.isZero() || interval.compareTo(tick) < 0) {
            throw new IllegalArgumentException("the checkpoint interval is at least one tick of " + tick);
        }
        if (Math.min(Math.min(readingsPerRecord, recordsPerTick), Math.min(recordsInFlight, sessions)) < 1
                || silentRuns < 1) {
            throw new IllegalArgumentException("every limit is positive");
        }
    }

    /** The limits of production with this interval. */
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
