package io.drawdown.checkpoints;

import io.drawdown.checkpoints.config.CheckpointLimits;
import io.drawdown.contracts.Heartbeat;
import io.drawdown.contracts.Topic;
import io.drawdown.embedded.TestServers;
import io.drawdown.kit.events.Received;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A second worker of the group, with a core and a consumer of its own; reports nothing, can be killed. */
final class PeerWorker implements ConsumerRebalanceListener {

    private final TestWorker worker;
    private final Set<Integer> owned = ConcurrentHashMap.newKeySet();
    private final Set<String> heard = ConcurrentHashMap.newKeySet();
    private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::run);
    private volatile boolean alive = true;

    PeerWorker() {
        ManualTime time = new ManualTime();
        worker = new TestWorker(time, new FakeUsageTopic(time), CheckpointLimits.of(Duration.ofSeconds(30)));
        thread.start();
    }

    Set<Integer> owned() {
        return owned;
    }

    Set<String> heard() {
        return heard;
    }

    /** From one moment to the next it does nothing any more, not even a heartbeat; it leaves no group. */
    void kill() {
        alive = false;
    }

    private void run() {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", TestServers.kafkaBootstrap(),
                        "group.id", TestServers.topicPrefix() + "checkpoint-worker",
                        "session.timeout.ms", "6000",
                        "max.poll.interval.ms", "6000",
                        "enable.auto.commit", "false",
                        "auto.offset.reset", "latest",
                        "partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of(TestKafka.name(Topic.SESSION_HEARTBEAT)), this);
        while (alive) {
            consumer.poll(Duration.ofMillis(100)).forEach(message -> {
                Heartbeat heartbeat = Json.read(message.value(), Heartbeat.class);
                Uni<?> handled = worker.core.handle(Received.untraced(List.of(heartbeat)));
                handled.subscribe().with(done -> {});
                heartbeat.readings().forEach(reading -> heard.add(reading.sessionId()));
            });
        }
        // Without it the consumer's own thread would go on to tell the broker that it lives.
        consumer.close(CloseOptions.timeout(Duration.ZERO)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP));
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        owned.addAll(numbers(partitions));
        worker.core.assigned(numbers(partitions));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        owned.removeAll(numbers(partitions));
        worker.core.revoked(numbers(partitions));
    }

    private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }
}
