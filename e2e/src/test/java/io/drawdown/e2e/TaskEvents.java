package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The events of tasks, as a consumer reads them that leaves out what it has had before. */
final class TaskEvents {

    private static final ObjectMapper JSON = new ObjectMapper();

    private TaskEvents() {}

    /** What the topic has now: by task the types of its events by their numbers, in the order in which they came. */
    static Map<String, Map<Long, String>> read(Suite suite) {
        Map<String, Map<Long, String>> events = new TreeMap<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", suite.stack().kafkaBootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = partitions(suite).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> {
                    JsonNode event = parse(record.value());
                    events.computeIfAbsent(record.key(), task -> new LinkedHashMap<>())
                            .putIfAbsent(
                                    event.path("seq").asLong(),
                                    event.path("type").asText());
                });
            }
        }
        return events;
    }

    private static Stream<TopicPartition> partitions(Suite suite) {
        String topic = suite.stack().topicPrefix() + "drawdown.task.lifecycle";
        return IntStream.range(0, suite.stack().partitions()).mapToObj(each -> new TopicPartition(topic, each));
    }

    private static JsonNode parse(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
