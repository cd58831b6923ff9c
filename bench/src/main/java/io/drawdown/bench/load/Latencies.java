package io.drawdown.bench.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;

/** Counts latencies; safe for use by several threads. */
public final class Latencies {

    private static final long GREATEST_MICROS = TimeUnit.MINUTES.toMicros(5);

    private final ConcurrentHistogram micros = new ConcurrentHistogram(GREATEST_MICROS, 3);

    public void addNanos(long nanos) {
        micros.recordValue(Math.min(GREATEST_MICROS, Math.max(0, nanos / 1_000)));
    }

    public void add(Duration latency) {
        addNanos(latency.toNanos());
    }

    public long count() {
        return micros.getTotalCount();
    }

    public Load.Latency percentiles() {
        return new Load.Latency(
                micros.getValueAtPercentile(50),
                micros.getValueAtPercentile(95),
                micros.getValueAtPercentile(99),
                micros.getMaxValue());
    }
}
