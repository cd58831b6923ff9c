package io.drawdown.sessions.recovery;

import io.drawdown.contracts.Heartbeat;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.EventReader;
import io.drawdown.kit.events.EventReader.Decoded;
import io.drawdown.kit.events.Partitions;
import io.drawdown.kit.events.RawRecord;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.kafka.Broker;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads the heartbeat topic from an earlier time to its end as it is now, on a virtual thread, with its own consumer. */
public final class KafkaHeartbeatHistory implements HeartbeatHistory {

    /** A record has the time of another machine, so reading begins earlier. Reading too much does not change a maximum. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    /** How many records of each partition are read whatever their time: a clock that was set must not hide a proof. */
    private static final long LATEST_RECORDS = 1_000;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int MOST_IDLE_POLLS = 20;

    /** The consumer asks for what follows the end too, and would wait for that before it is closed: clients wait meanwhile. */
    private static final Duration FETCH_WAITS = Duration.ofMillis(20);

    private static final EventReader<Heartbeat> READER =
            new EventReader<>(Set.of(Heartbeat.EVENT_TYPE), Heartbeat.class);

    private final Broker broker;
    private final Executor core;

    /** @param core where answers arrive */
    public KafkaHeartbeatHistory(Broker broker, Executor core) {
        this.broker = broker;
        this.core = core;
    }

    @Override
    public Uni<Heard> since(Instant from, Set<String> accountIds) {
        return Uni.createFrom()
                .item(() -> read(from, accountIds))
                .runSubscriptionOn(
                        work -> Thread.ofVirtual().name("heartbeat-history").start(work))
                .onFailure(KafkaException.class)
                .transform(e -> new Unavailable("the heartbeats cannot be read", e))
                .emitOn(core);
    }

    private Heard read(Instant from, Set<String> accountIds) {
        String topic = broker.names().of(Topic.SESSION_HEARTBEAT);
        Set<TopicPartition> partitions = accountIds.stream()
                .map(account -> new TopicPartition(topic, Partitions.of(account, broker.partitions())))
                .collect(Collectors.toSet());
        Greatest greatest = new Greatest(accountIds);
        try (KafkaConsumer<String, byte[]> consumer = broker.reader(FETCH_WAITS)) {
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
            seek(consumer, ends, from.minus(CLOCK_SKEW).toEpochMilli());
            readTo(ends, consumer, greatest);
        }
        return greatest.heard();
    }

    private static void seek(KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends, long fromMillis) {
        Map<TopicPartition, Long> times =
                ends.keySet().stream().collect(Collectors.toMap(partition -> partition, partition -> fromMillis));
        Map<TopicPartition, OffsetAndTimestamp> starts = consumer.offsetsForTimes(times, PATIENCE);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(ends.keySet(), PATIENCE);
        ends.forEach((partition, end) -> {
            OffsetAndTimestamp byTime = starts.get(partition);
            long latest = Math.max(beginnings.getOrDefault(partition, 0L), end - LATEST_RECORDS);
            consumer.seek(partition, byTime == null ? latest : Math.min(latest, byTime.offset()));
        });
    }

    private static void readTo(
            Map<TopicPartition, Long> ends, KafkaConsumer<String, byte[]> consumer, Greatest greatest) {
        int idle = 0;
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey(), PATIENCE) < end.getValue())) {
            var records = consumer.poll(POLL);
            idle = records.isEmpty() ? idle + 1 : 0;
            if (idle > MOST_IDLE_POLLS) {
                throw new Unavailable("the broker stopped sending heartbeats before their end");
            }
            for (ConsumerRecord<String, byte[]> record : records) {
                if (READER.read(RawRecord.of(record)) instanceof Decoded.Readable<Heartbeat>(Heartbeat heartbeat)) {
                    greatest.take(heartbeat);
                }
            }
        }
    }
}
