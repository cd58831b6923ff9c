package io.drawdown.contracts;

import java.util.List;

/**
 * The totals that checkpoint-worker found due in one tick for one partition; data on {@link Topic#METERING_USAGE}.
 *
 * @param readings at most {@value #MAX_READINGS}
 */
public record UsageReport(List<MeterReading> readings) {

    public static final String EVENT_TYPE = "io.drawdown.metering.usage.recorded.v1";
    public static final int MAX_READINGS = 1_000;

    public UsageReport {
        readings = List.copyOf(readings);
    }
}
