package io.drawdown.checkpoints.metering;

import io.drawdown.contracts.UsageReport;
import io.smallrye.mutiny.Uni;

/** Where due readings go; a port of the core, which completes on the core's thread. */
public interface UsageTopic {

    /** Publishes the report to that partition; completes when the broker has it. Publishing twice does no harm. */
    Uni<Void> publish(int partition, UsageReport report);
}
