package io.drawdown.credits;

import io.drawdown.contracts.SessionEvent;
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

/** Brings the ends of sessions to the core. */
@Singleton
public final class LifecycleConsumer {

    private final BatchLoop<SessionEvent> batches;

    LifecycleConsumer(CreditsCore core, CoreLoop loop, DeadLetters deadLetters) {
        batches = new BatchLoop<>(
                new EventReader<>(Set.of(SessionEvent.Type.ENDED.eventType()), SessionEvent.class),
                events -> loop.call(() -> core.handleLifecycle(events)).map(LifecycleConsumer::rejections),
                deadLetters);
    }

    @Incoming("lifecycle")
    Uni<Void> lifecycle(KafkaRecordBatch<String, byte[]> batch) {
        return batches.process(batch);
    }

    private static List<Rejection> rejections(List<Poison<SessionEvent>> poison) {
        return poison.stream()
                .map(each -> new Rejection(each.item().accountId(), each.item(), each.reason()))
                .toList();
    }
}
