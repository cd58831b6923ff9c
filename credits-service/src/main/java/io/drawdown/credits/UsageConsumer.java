package io.drawdown.credits;

import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.UsageReport;
import io.drawdown.credits.accounts.Poison;
import io.drawdown.kit.events.BatchLoop;
import io.drawdown.kit.events.DeadLetters;
import io.drawdown.kit.events.EventReader;
import io.drawdown.kit.events.Rejection;
import io.drawdown.kit.time.CoreLoop;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Brings what checkpoint-worker found due to the core. */
@Singleton
public final class UsageConsumer {

    private final BatchLoop<UsageReport> batches;

    UsageConsumer(CreditsCore core, CoreLoop loop, DeadLetters deadLetters) {
        batches = new BatchLoop<>(
                new EventReader<>(Set.of(UsageReport.EVENT_TYPE), UsageReport.class),
                reports -> loop.call(() -> core.handleUsage(reports)).map(UsageConsumer::rejections),
                deadLetters);
    }

    @Incoming("usage")
    Uni<Void> usage(KafkaRecordBatch<String, byte[]> batch) {
        return batches.process(batch);
    }

    private static List<Rejection> rejections(List<Poison<MeterReading>> poison) {
        return poison.stream()
                .map(each -> new Rejection(each.item().accountId(), each.item(), each.reason()))
                .toList();
    }
}
