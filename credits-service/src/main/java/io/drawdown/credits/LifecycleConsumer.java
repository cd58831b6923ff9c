package io.drawdown.credits;

import io.drawdown.contracts.SessionEvent;
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

/** Takes the ends of sessions from the broker to the core. */
@Singleton
public final class LifecycleConsumer {

    private final BatchProcessor<SessionEvent> batches;

    LifecycleConsumer(CreditsCore core, CoreLoop loop, FaultHandling faults) {
        batches = batches(events -> loop.call(() -> core.handleLifecycle(events)), faults);
    }

    /** @param core {@link CreditsCore#handleLifecycle}, called on the core's thread */
    public static BatchProcessor<SessionEvent> batches(
            Function<List<Received<SessionEvent>>, Uni<List<Rejection>>> core, FaultHandling faults) {
        return new BatchProcessor<>(
                new EventReader<>(Set.of(SessionEvent.Type.ENDED.eventType()), SessionEvent.class), core, faults);
    }

    @Incoming("lifecycle")
    Uni<Void> lifecycle(KafkaRecordBatch<String, byte[]> batch) {
        return ChannelBatch.process(batch, batches);
    }
}
