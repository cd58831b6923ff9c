package io.drawdown.kit.kafka;

import io.drawdown.contracts.Service;
import io.drawdown.contracts.Topic;
import io.drawdown.embedded.kafka.EmbeddedKafka;
import io.drawdown.embedded.kafka.Protection;
import io.drawdown.embedded.kafka.Topics;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.RawRecord;
import io.drawdown.kit.testing.TestCertificate;
import io.drawdown.kit.trace.Spans;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A broker that asks for TLS and for a user and password, with the settings that a service gets by KAFKA_*. */
class ProtectedBrokerTest {

    private static final String PASSWORD = "s3cret-of-kafka";
    private static final int PARTITIONS = 2;

    @TempDir
    static Path folder;

    private static TestCertificate certificate;
    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() {
        certificate = TestCertificate.in(folder, "broker");
        kafka = EmbeddedKafka.start(Protection.of(certificate.keyAndCertificate(), "drawdown", PASSWORD));
        Topics.create(settings(certificate, PASSWORD), "", PARTITIONS);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void eventGoesThereAndBackWithTheRightCertificateAndPassword() throws InterruptedException {
        // Given
        Broker broker = broker(certificate, PASSWORD);
        BlockingQueue<RawRecord> records = new ArrayBlockingQueue<>(8);
        TopicFeed feed = new TopicFeed(broker, "feed", Set.of(Topic.CREDITS_ACCOUNT), records::addAll);
        feed.start();
        // When
        try (KafkaPublisher publisher = broker.publisher(Runnable::run)) {
            publisher.publish(Topic.CREDITS_ACCOUNT, event()).await().atMost(Duration.ofSeconds(10));
        }
        // Then
        RawRecord record = records.poll(10, TimeUnit.SECONDS);
        assertThat(record).isNotNull();
        assertThat(record.key()).isEqualTo("ada");
        assertThatCode(() -> broker.requireTopics(Service.CREDITS_SERVICE)).doesNotThrowAnyException();
        feed.close();
    }

    @Test
    void anotherAuthorityIsRefusedInWords() {
        // Given
        Broker broker = broker(TestCertificate.in(folder, "stranger"), PASSWORD);
        // When, Then
        assertThatThrownBy(() -> broker.requireTopics(Service.CREDITS_SERVICE))
                .hasMessageContaining("the broker cannot be asked for its topics: SSL handshake failed")
                .hasMessageContaining("PKIX path")
                .hasMessageNotContaining(PASSWORD);
    }

    @Test
    void wrongPasswordIsRefusedInWords() {
        // Given
        Broker broker = broker(certificate, "wrong-" + PASSWORD);
        // When, Then
        assertThatThrownBy(() -> broker.requireTopics(Service.CREDITS_SERVICE))
                .hasMessageContaining("the broker cannot be asked for its topics")
                .hasMessageContaining("Authentication failed")
                .hasMessageNotContaining(PASSWORD);
    }

    @Test
    void absentFileIsNamed() {
        // Given
        Map<String, Object> settings = settings(certificate, PASSWORD);
        settings.put("ssl.truststore.location", "/absent/ca.pem");
        // When, Then
        assertThatThrownBy(() -> new Broker(settings, new Config(), Spans.NONE).publisher(Runnable::run))
                .hasMessageContaining("the settings of the broker (KAFKA_*) cannot be used")
                .hasMessageContaining("/absent/ca.pem")
                .hasMessageNotContaining(PASSWORD);
    }

    private static Broker broker(TestCertificate trusted, String password) {
        return new Broker(settings(trusted, password), new Config(), Spans.NONE);
    }

    private static Map<String, Object> settings(TestCertificate trusted, String password) {
        return new HashMap<>(Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "security.protocol",
                "SASL_SSL",
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                trusted.certificate().toString(),
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"drawdown\" password=\""
                        + password + "\";"));
    }

    private static CloudEvent event() {
        return new CloudEvent("ada:1", "io.drawdown.x.v1", "test", "ada", Instant.EPOCH, "ada", "{}".getBytes(UTF_8));
    }

    private record Config() implements EventsConfig {

        @Override
        public Optional<String> topicPrefix() {
            return Optional.empty();
        }

        @Override
        public Kafka kafka() {
            return () -> PARTITIONS;
        }
    }
}
