package io.drawdown.checkpoints.metering;

import io.drawdown.contracts.TraceContext;
import io.drawdown.contracts.UsageReport;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** The port that publishes usage. It completes on the core's thread. */
public interface UsageTopic {

    /**
     * Publishes the report to that partition, and completes when the broker has it. A report may be published twice.
     *
     * @param about what brought its readings, as far as it is in a trace
     */
    Uni<Void> publish(int partition, UsageReport report, List<TraceContext> about);
}
