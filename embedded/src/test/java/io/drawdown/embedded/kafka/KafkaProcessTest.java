package io.drawdown.embedded.kafka;

import io.drawdown.contracts.Topic;
import io.drawdown.embedded.ServerChild;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class KafkaProcessTest {

    private static final int PARTITIONS = 8;

    @TempDir
    Path directory;

    private final int port = FreePort.find();
    private final String bootstrapServers = "127.0.0.1:" + port;

    @Test
    void brokerCreatesEveryTopicOfTheContracts() throws Exception {
        // Given
        try (ServerChild broker = startBroker();
                Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            List<String> names = Topic.all().stream().map(Topic::topicName).toList();

            // When
            Map<String, TopicDescription> topics =
                    admin.describeTopics(names).allTopicNames().get();

            // Then
            assertThat(topics.values())
                    .hasSize(names.size())
                    .allMatch(topic -> topic.partitions().size() == PARTITIONS);
            assertThat(broker.stop()).isTrue();
        }
    }

    @Test
    void killedBrokerRestartsWithAllThatItAcknowledged() throws Exception {
        // Given
        try (ServerChild broker = startBroker();
                KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                        new StringSerializer(),
                        new StringSerializer())) {
            for (int n = 0; n < 100; n++) {
                producer.send(new ProducerRecord<>(Topic.METERING_USAGE.topicName(), "ada", "report-" + n))
                        .get();
            }

            // When
            broker.kill();
        }

        // Then
        try (ServerChild broker = startBroker()) {
            assertThat(readAll())
                    .containsExactlyElementsOf(
                            IntStream.range(0, 100).mapToObj(n -> "report-" + n).toList());
            assertThat(broker.stop()).isTrue();
        }
    }

    private ServerChild startBroker() throws Exception {
        return ServerChild.start(KafkaMain.class, directory, port, 0, PARTITIONS);
    }

    private List<String> readAll() {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(Topic.METERING_USAGE.topicName(), partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<String> values = new ArrayList<>();
            long expected = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(offset -> offset)
                    .sum();
            while (values.size() < expected) {
                consumer.poll(Duration.ofSeconds(5)).forEach(message -> values.add(message.value()));
            }
            return values;
        }
    }
}
