package io.drawdown.checkpoints.metering;

import io.drawdown.contracts.UsageReport;
import io.smallrye.mutiny.Uni;

/** The port that publishes usage. It completes on the core's thread. */
public interface UsageTopic {

    /**
     * Publishes the report to that partition, and completes when the broker has it. A report may be published twice.
     */
    Uni<Void> publish(int partition, UsageReport report);
}
