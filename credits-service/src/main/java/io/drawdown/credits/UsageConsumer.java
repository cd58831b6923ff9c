package io.drawdown.credits;

import io.drawdown.contracts.UsageReport;
import io.drawdown.kit.events.BatchLoop;
import io.drawdown.kit.events.ChannelBatch;
import io.drawdown.kit.events.EventReader;
import io.drawdown.kit.events.Rejection;
import io.drawdown.kit.time.CoreLoop;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Brings what checkpoint-worker found due to the core. */
@Singleton
public final class UsageConsumer {

    private final BatchLoop<UsageReport> batches;

    UsageConsumer(CreditsCore core, CoreLoop loop, BatchLoop.Ports ports) {
        batches = batches(reports -> loop.call(() -> core.handleUsage(reports)), ports);
    }

    /** @param core {@link CreditsCore#handleUsage}, called on the core's thread */
    public static BatchLoop<UsageReport> batches(
            Function<List<UsageReport>, Uni<List<Rejection>>> core, BatchLoop.Ports ports) {
        return new BatchLoop<>(new EventReader<>(Set.of(UsageReport.EVENT_TYPE), UsageReport.class), core, ports);
    }

    @Incoming("usage")
    Uni<Void> usage(KafkaRecordBatch<String, byte[]> batch) {
        return ChannelBatch.process(batch, batches);
    }
}
