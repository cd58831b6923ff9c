package io.drawdown.checkpoints;

import io.drawdown.contracts.Heartbeat;
import io.drawdown.kit.events.BatchProcessor;
import io.drawdown.kit.events.EventReader;
import io.drawdown.kit.events.FaultHandling;
import io.drawdown.kit.events.Received;
import io.drawdown.kit.events.Rejection;
import io.drawdown.kit.kafka.ChannelBatch;
import io.drawdown.kit.runtime.CoreLoop;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Brings heartbeats, and the partitions that this worker owns, to the core. */
@Singleton
@Identifier(HeartbeatConsumer.CHANNEL)
public final class HeartbeatConsumer implements KafkaConsumerRebalanceListener {

    static final String CHANNEL = "heartbeats";

    private static final Logger LOG = Logger.getLogger(HeartbeatConsumer.class);

    private final CheckpointCore core;
    private final CoreLoop loop;
    private final BatchProcessor<Heartbeat> batches;

    HeartbeatConsumer(CheckpointCore core, CoreLoop loop, FaultHandling faults) {
        this.core = core;
        this.loop = loop;
        this.batches = batches(heartbeats -> loop.call(() -> core.handle(heartbeats)), faults);
    }

    /** @param core {@link CheckpointCore#handle}, called on the core's thread */
    public static BatchProcessor<Heartbeat> batches(
            Function<List<Received<Heartbeat>>, Uni<List<Rejection>>> core, FaultHandling faults) {
        return new BatchProcessor<>(new EventReader<>(Set.of(Heartbeat.EVENT_TYPE), Heartbeat.class), core, faults);
    }

    @Incoming(CHANNEL)
    Uni<Void> heartbeats(KafkaRecordBatch<String, byte[]> batch) {
        return ChannelBatch.process(batch, batches);
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        Set<Integer> numbers = numbers(partitions);
        LOG.infof("Partitions assigned: partitions=%s", numbers);
        loop.execute(() -> core.assigned(numbers));
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        Set<Integer> numbers = numbers(partitions);
        LOG.infof("Partitions revoked: partitions=%s", numbers);
        loop.execute(() -> core.revoked(numbers));
    }

    private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }
}
