package io.drawdown.bench.load;

import java.time.Duration;

/**
 * What one load met.
 *
 * @param perSecond operations that succeeded, per second of the time that was measured
 * @param failed operations that failed
 * @param latency of those that succeeded
 * @param isSaturated whether the load had to stop, because too many operations were under way
 */
public record Load(double perSecond, long failed, Latency latency, boolean isSaturated) {

    /** Whether every operation succeeded and 99 of 100 were done within this time. */
    public boolean holds(Duration p99) {
        return !isSaturated && failed == 0 && latency.p99Micros() <= p99.toNanos() / 1_000;
    }

    Load withFailed(long operations) {
        return new Load(perSecond, operations, latency, isSaturated);
    }

    /** Percentiles, in microseconds. */
    public record Latency(long p50Micros, long p95Micros, long p99Micros, long maxMicros) {}
}
