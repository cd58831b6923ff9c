package io.drawdown.bench.cycle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.drawdown.bench.stack.BenchStack;
import io.drawdown.contracts.Heartbeat;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Publishes what synthetic sessions have used, every 5 s, in the form in which session-service does. */
final class Heartbeats implements AutoCloseable {

    static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    private static final String INCARNATION = "bench";

    private final SyntheticSessions sessions;
    private final int partitions;
    private final String topic;
    private final KafkaProducer<String, byte[]> producer;
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("bench-heartbeats").factory());
    private long count;

    private Heartbeats(BenchStack stack, SyntheticSessions sessions) {
        this.sessions = sessions;
        partitions = stack.partitions();
        topic = stack.topicPrefix() + Topic.SESSION_HEARTBEAT.topicName();
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafkaBootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Goes on until it is closed. */
    static Heartbeats of(BenchStack stack, SyntheticSessions sessions) {
        Heartbeats heartbeats = new Heartbeats(stack, sessions);
        var unused = heartbeats.beats.scheduleAtFixedRate(
                heartbeats::beat, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return heartbeats;
    }

    private void beat() {
        sessions.readings()
                .collect(Collectors.groupingBy(
                        reading -> partition(reading.accountId()), TreeMap::new, Collectors.toList()))
                .forEach(this::send);
    }

    private int partition(String account) {
        return Utils.toPositive(Utils.murmur2(account.getBytes(UTF_8))) % partitions;
    }

    private void send(int partition, List<MeterReading> readings) {
        for (int from = 0; from < readings.size(); from += Heartbeat.MAX_READINGS) {
            int to = Math.min(readings.size(), from + Heartbeat.MAX_READINGS);
            Heartbeat heartbeat = new Heartbeat(INCARNATION, 1, readings.subList(from, to));
            ProducerRecord<String, byte[]> record =
                    new ProducerRecord<>(topic, partition, Integer.toString(partition), json(heartbeat));
            label(record.headers(), partition);
            var unused = producer.send(record);
        }
    }

    /** The attributes of the CloudEvent, in binary mode. */
    private void label(Headers headers, int partition) {
        count++;
        Map<String, String> attributes = Map.of(
                "ce_specversion",
                "1.0",
                "ce_id",
                INCARNATION + ":" + count,
                "ce_type",
                Heartbeat.EVENT_TYPE,
                "ce_source",
                "session-service",
                "ce_subject",
                INCARNATION,
                "ce_time",
                Instant.now().toString(),
                "ce_partitionkey",
                Integer.toString(partition),
                "content-type",
                "application/json");
        attributes.forEach((name, value) -> headers.add(name, value.getBytes(UTF_8)));
    }

    private static byte[] json(Heartbeat heartbeat) {
        try {
            return JSON.writeValueAsBytes(heartbeat);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        beats.shutdownNow();
        producer.close(INTERVAL);
    }
}
