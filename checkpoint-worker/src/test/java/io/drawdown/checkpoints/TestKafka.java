package io.drawdown.checkpoints;

import io.drawdown.contracts.Heartbeat;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.Service;
import io.drawdown.contracts.Topic;
import io.drawdown.contracts.UsageReport;
import io.drawdown.embedded.TestServers;
import io.drawdown.kit.events.Partitions;
import io.drawdown.kit.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The owners' side of the heartbeat topic, and whoever reads what the worker says. */
final class TestKafka implements AutoCloseable {

    private final KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", TestServers.kafkaBootstrap(), "linger.ms", "0"),
            new StringSerializer(),
            new ByteArraySerializer());
    private final KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
            Map.of("bootstrap.servers", TestServers.kafkaBootstrap(), "enable.auto.commit", "false"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    final List<ConsumerRecord<String, byte[]>> usage = new ArrayList<>();
    final List<ConsumerRecord<String, byte[]>> deadLetters = new ArrayList<>();

    TestKafka() {
        List<TopicPartition> all = IntStream.range(0, TestServers.PARTITIONS)
                .boxed()
                .flatMap(partition ->
                        List.of(Topic.METERING_USAGE, Topic.deadLetters(Service.CHECKPOINT_WORKER)).stream()
                                .map(topic -> new TopicPartition(name(topic), partition)))
                .toList();
        consumer.assign(all);
        consumer.seekToEnd(all);
        all.forEach(consumer::position);
    }

    static String name(Topic topic) {
        return TestServers.topicPrefix() + topic.topicName();
    }

    /** Each reading in a heartbeat of its own, in the partition of its account. */
    void heartbeat(MeterReading... readings) {
        for (MeterReading reading : readings) {
            int partition = Partitions.of(reading.accountId(), TestServers.PARTITIONS);
            send(partition, Heartbeat.EVENT_TYPE, Json.bytes(new Heartbeat("inc-1", 1, List.of(reading))));
        }
    }

    void send(int partition, String type, byte[] data) {
        ProducerRecord<String, byte[]> message =
                new ProducerRecord<>(name(Topic.SESSION_HEARTBEAT), partition, null, data);
        message.headers().add("ce_type", type.getBytes(UTF_8));
        var unused = producer.send(message);
        producer.flush();
    }

    /** Takes in what has come. */
    TestKafka read() {
        consumer.poll(Duration.ofMillis(100)).forEach(message -> {
            boolean isUsage = message.topic().equals(name(Topic.METERING_USAGE));
            (isUsage ? usage : deadLetters).add(message);
        });
        return this;
    }

    /** The greatest total of each session so far. */
    Map<String, Long> totals() {
        Map<String, Long> totals = new HashMap<>();
        usage.forEach(message -> readingsOf(message)
                .forEach(reading -> totals.merge(reading.sessionId(), reading.usedMillis(), Math::max)));
        return totals;
    }

    static List<MeterReading> readingsOf(ConsumerRecord<String, byte[]> message) {
        return Json.read(message.value(), UsageReport.class).readings();
    }

    static String header(ConsumerRecord<String, byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
