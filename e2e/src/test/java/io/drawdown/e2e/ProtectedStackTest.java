package io.drawdown.e2e;

import io.drawdown.cli.process.ChildSpec;
import io.drawdown.contracts.Service;
import io.drawdown.contracts.Topic;
import io.drawdown.embedded.TestServers;
import io.drawdown.embedded.kafka.EmbeddedKafka;
import io.drawdown.embedded.kafka.FreePort;
import io.drawdown.embedded.kafka.Protection;
import io.drawdown.kit.testing.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Services on a broker that asks for TLS and a password, one of them with TLS of its own, by nothing but variables. */
class ProtectedStackTest {

    private static final String PASSWORD = "s3cret-of-kafka";
    private static final int TLS_PORT = FreePort.find();

    @TempDir
    static Path home;

    private static TestCertificate certificate;
    private static EmbeddedKafka kafka;
    private static Suite suite;

    @BeforeAll
    static void start() {
        assumeTrue(TestServers.isKafkaEmbedded(), "on an existing broker there is nothing to protect");
        certificate = TestCertificate.in(home, "broker");
        kafka = EmbeddedKafka.start(Protection.of(certificate.keyAndCertificate(), "drawdown", PASSWORD));
        Map<String, String> settings = new HashMap<>(access(certificate));
        settings.putAll(Map.of(
                "QUARKUS_HTTP_SSL_CERTIFICATE_FILES",
                certificate.certificate().toString(),
                "QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES",
                certificate.key().toString(),
                "DRAWDOWN_HTTP_STRICT_TRANSPORT_SECURITY",
                "max-age=31536000",
                "QUARKUS_HTTP_SSL_PORT",
                String.valueOf(TLS_PORT)));
        suite = Suite.start(home, settings, Service.CREDITS_SERVICE);
    }

    @AfterAll
    static void stop() {
        if (suite != null) {
            suite.close();
        }
        if (kafka != null) {
            kafka.close();
        }
    }

    /** As an operator sets them. */
    private static Map<String, String> access(TestCertificate trusted) {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                kafka.bootstrapServers(),
                "KAFKA_SECURITY_PROTOCOL",
                "SASL_SSL",
                "KAFKA_SSL_TRUSTSTORE_TYPE",
                "PEM",
                "KAFKA_SSL_TRUSTSTORE_LOCATION",
                trusted.certificate().toString(),
                "KAFKA_SASL_MECHANISM",
                "SCRAM-SHA-512",
                "KAFKA_SASL_JAAS_CONFIG",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"drawdown\" password=\""
                        + PASSWORD + "\";");
    }

    @Test
    void eventIsPublished() {
        // When
        suite.open("ada", 30);
        // Then
        assertThat(first(Topic.CREDITS_ACCOUNT)).contains("ada");
    }

    @Test
    void recordIsConsumedAndItsDeadLetterIsPublished() {
        // When
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(suite.stack().kafkaClient(), new StringSerializer(), new ByteArraySerializer())) {
            var unused =
                    producer.send(new ProducerRecord<>("drawdown.metering.usage", "eve", "no usage".getBytes(UTF_8)));
        }
        // Then
        assertThat(first(Topic.deadLetters(Service.CREDITS_SERVICE))).isEqualTo("eve no usage");
    }

    @Test
    void serviceThatTrustsAnotherAuthorityEndsWithOneSentence() {
        // Given
        Map<String, String> settings = settings(access(TestCertificate.in(home, "stranger")));
        // When
        EndedProcess ended = EndedProcess.run(
                settings, suite.stack().child(Service.CREDITS_SERVICE).command().toArray(String[]::new));
        // Then
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.printed())
                .anyMatch(line -> line.contains("Not started: the broker cannot be asked for its topics: SSL handshake")
                        && line.contains("PKIX path"));
        assertThat(ended.printed()).noneMatch(line -> line.contains(PASSWORD) || line.startsWith("\tat "));
    }

    @Test
    void serviceWithoutItsAuthorityEndsWithOneSentence() {
        // Given
        Map<String, String> settings = settings(Map.of("KAFKA_SSL_TRUSTSTORE_LOCATION", "/absent/ca.pem"));
        // When
        EndedProcess ended = EndedProcess.run(
                settings, suite.stack().child(Service.CREDITS_SERVICE).command().toArray(String[]::new));
        // Then
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.printed())
                .anyMatch(line -> line.contains("Not started: the settings of the broker (KAFKA_*) cannot be used")
                        && line.contains("/absent/ca.pem"));
        assertThat(ended.printed()).noneMatch(line -> line.contains(PASSWORD) || line.startsWith("\tat "));
    }

    /** A service is ready, by plain HTTP, some milliseconds before it listens for HTTPS. */
    @Test
    void serviceSpeaksTlsItself() throws Exception {
        // Given
        suite.await(10, () -> isListening(TLS_PORT));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + TLS_PORT + "/api/v1/accounts/ada"))
                .build();
        HttpClient trusting = HttpClient.newBuilder().sslContext(trust()).build();
        // When
        HttpResponse<String> answer = trusting.send(request, HttpResponse.BodyHandlers.ofString());
        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().allValues("Strict-Transport-Security")).containsExactly("max-age=31536000");
        assertThatThrownBy(() -> HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(SSLHandshakeException.class);
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void noSecretIsInALog() throws IOException {
        try (Stream<Path> logs = Files.walk(suite.stack().logsFolder())) {
            assertThat(logs.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(log -> assertThat(log).content().doesNotContain(PASSWORD));
        }
    }

    private static Map<String, String> settings(Map<String, String> changed) {
        ChildSpec spec = suite.stack().child(Service.CREDITS_SERVICE);
        Map<String, String> settings = new HashMap<>(spec.environment());
        settings.putAll(access(certificate));
        settings.putAll(changed);
        settings.putAll(Map.of("QUARKUS_HTTP_PORT", "0", "QUARKUS_MANAGEMENT_PORT", "0"));
        return settings;
    }

    /** The key and the value of a record of the topic. */
    private static String first(Topic topic) {
        List<String> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                suite.stack().kafkaClient(), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.topicName()).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            suite.await(30, () -> {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(each -> records.add(each.key() + " " + new String(each.value(), UTF_8)));
                return !records.isEmpty();
            });
        }
        return records.getFirst();
    }

    private static SSLContext trust() throws GeneralSecurityException, IOException {
        KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
        authorities.load(null, null);
        try (InputStream pem = Files.newInputStream(certificate.certificate())) {
            authorities.setCertificateEntry(
                    "broker", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
