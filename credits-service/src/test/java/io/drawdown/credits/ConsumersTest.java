package io.drawdown.credits;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.Service;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.contracts.Topic;
import io.drawdown.contracts.UsageReport;
import io.drawdown.credits.http.Requests;
import io.drawdown.embedded.TestServers;
import io.drawdown.kit.json.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@QuarkusTestResource(RealServers.class)
class ConsumersTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Nullable
    private static KafkaProducer<String, byte[]> producer;

    private final String session = "ses_" + UUID.randomUUID();

    @BeforeAll
    static void connect() {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestServers.kafkaBootstrap()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void close() {
        producer().close();
    }

    private static KafkaProducer<String, byte[]> producer() {
        if (producer == null) {
            throw new IllegalStateException("not connected");
        }
        return producer;
    }

    private static String name(Topic topic) {
        return TestServers.topicPrefix() + topic.topicName();
    }

    private static void send(Topic topic, @Nullable String type, byte[] data) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(name(topic), 0, "key", data);
        if (type != null) {
            record.headers().add("ce_type", type.getBytes(UTF_8));
        }
        var unused = producer().send(record);
    }

    private static void usage(MeterReading... readings) {
        send(Topic.METERING_USAGE, UsageReport.EVENT_TYPE, Json.bytes(new UsageReport(List.of(readings))));
    }

    private String started(long credits) {
        String account = Requests.opened(credits);
        Requests.funding(session, "start", "{\"account_id\":\"" + account + "\",\"kind\":\"live_dubbing\"}")
                .statusCode(200);
        return account;
    }

    private JsonPath ledger(String account) {
        return Requests.gateway()
                .queryParam("session", session)
                .get("/api/v1/accounts/" + account + "/ledger")
                .jsonPath();
    }

    private SessionEvent ended(String account, long usedMillis) {
        return new SessionEvent(
                SessionEvent.Type.ENDED,
                session,
                2,
                account,
                "live_dubbing",
                1,
                usedMillis,
                Instant.parse("2026-01-01T00:00:00Z"),
                EndReason.USER);
    }

    @Test
    void usageIsSettledOnceHoweverOftenAndInWhatOrderItComes() {
        // Given
        String account = started(90);
        // When
        usage(new MeterReading(account, session, 1, 5_000));
        usage(new MeterReading(account, session, 1, 12_000), new MeterReading(account, session, 1, 7_000));
        usage(new MeterReading(account, session, 1, 12_000));
        usage(new MeterReading(account, session, 1, 2_000));
        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(Requests.gateway()
                        .get("/api/v1/accounts/" + account + "/balance")
                        .jsonPath()
                        .getInt("posted"))
                .isEqualTo(78));
        assertThat(ledger(account).getList("items.cause")).contains("checkpoint");
    }

    @Test
    void aRecordThatCanNeverBeReadOrAppliedGoesToTheDeadLettersAndDelaysNoOther() {
        // Given
        String account = started(90);
        String stranger = "nobody-" + UUID.randomUUID();
        // When
        send(Topic.METERING_USAGE, UsageReport.EVENT_TYPE, ("{broken " + session).getBytes(UTF_8));
        send(Topic.METERING_USAGE, null, ("no type " + session).getBytes(UTF_8));
        send(
                Topic.METERING_USAGE,
                UsageReport.EVENT_TYPE,
                ("{\"readings\":[{\"session_id\":\"" + session + "\"}]}").getBytes(UTF_8));
        usage(new MeterReading(stranger, session, 1, 5_000), new MeterReading(account, session, 1, 9_000));
        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(ledger(account).getList("items.used_to"))
                .contains(9_000));
        List<ConsumerRecord<String, byte[]>> letters = deadLetters(4);
        assertThat(letters).hasSize(4).allSatisfy(letter -> assertThat(
                        letter.headers().lastHeader("dl_reason"))
                .isNotNull());
        assertThat(letters).anySatisfy(letter -> assertThat(new String(letter.value(), UTF_8))
                .contains(stranger));
    }

    private List<ConsumerRecord<String, byte[]>> deadLetters(int expected) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestServers.kafkaBootstrap(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(name(Topic.deadLetters(Service.CREDITS_SERVICE))).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await().atMost(SOON).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(letter -> {
                    if (new String(letter.value(), UTF_8).contains(session)) {
                        found.add(letter);
                    }
                });
                return found.size() >= expected;
            });
        }
        return found;
    }

    @Test
    void theEndOfASessionSettlesItsTotalAndGivesBackTheRest() {
        // Given
        String account = started(90);
        byte[] event = Json.bytes(ended(account, 20_500));
        // When
        send(Topic.SESSION_LIFECYCLE, SessionEvent.Type.ENDED.eventType(), event);
        send(Topic.SESSION_LIFECYCLE, SessionEvent.Type.ENDED.eventType(), event);
        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(ledger(account).getList("items.type"))
                .contains("settled", "released"));
        Requests.gateway()
                .get("/api/v1/accounts/" + account + "/balance")
                .then()
                .body("posted", Requests.credits("69"))
                .body("held", Requests.credits("0"))
                .body("available", Requests.credits("69"));
    }

    @Test
    void aUsageReportAfterTheEndIsNormal() {
        // Given
        String account = started(90);
        send(Topic.SESSION_LIFECYCLE, SessionEvent.Type.ENDED.eventType(), Json.bytes(ended(account, 10_000)));
        await().atMost(SOON).untilAsserted(() -> assertThat(ledger(account).getList("items.type"))
                .contains("released"));
        // When
        usage(new MeterReading(account, session, 1, 10_000));
        String other = Requests.opened(5);
        usage(new MeterReading(other, session, 1, 10_000));
        // Then
        Requests.gateway()
                .get("/api/v1/accounts/" + account + "/balance")
                .then()
                .body("posted", Requests.credits("80"));
    }
}
