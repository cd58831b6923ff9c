package io.drawdown.credits;

import io.drawdown.contracts.UsageReport;
import io.drawdown.kit.events.BatchProcessor;
import io.drawdown.kit.events.EventReader;
import io.drawdown.kit.events.FaultHandling;
import io.drawdown.kit.events.Received;
import io.drawdown.kit.events.Rejection;
import io.drawdown.kit.kafka.ChannelBatch;
import io.drawdown.kit.runtime.CoreLoop;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Takes the usage reports of checkpoint-worker from the broker to the core. */
@Singleton
public final class UsageConsumer {

    private final BatchProcessor<UsageReport> batches;

    UsageConsumer(CreditsCore core, CoreLoop loop, FaultHandling faults) {
        batches = batches(reports -> loop.call(() -> core.handleUsage(reports)), faults);
    }

    /** @param core {@link CreditsCore#handleUsage}, called on the core's thread */
    public static BatchProcessor<UsageReport> batches(
            Function<List<Received<UsageReport>>, Uni<List<Rejection>>> core, FaultHandling faults) {
        return new BatchProcessor<>(new EventReader<>(Set.of(UsageReport.EVENT_TYPE), UsageReport.class), core, faults);
    }

    @Incoming("usage")
    Uni<Void> usage(KafkaRecordBatch<String, byte[]> batch) {
        return ChannelBatch.process(batch, batches);
    }
}
