package io.drawdown.sessions.recovery;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.GrantKind;
import io.drawdown.contracts.GrantPart;
import io.drawdown.contracts.Heartbeat;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.Service;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.Partitions;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.kafka.Broker;
import io.drawdown.kit.kafka.KafkaPublisher;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.security.TestTokens;
import io.drawdown.sessions.api.CreditsHttpStub;
import io.drawdown.sessions.api.SessionServers;
import io.drawdown.sessions.api.TestClient;
import io.quarkus.arc.Arc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class BrokerEdgesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LONG_AGO = Instant.EPOCH.plus(Duration.ofDays(1));
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String account = "broker-" + UUID.randomUUID();
    private final Broker broker = Arc.container().instance(Broker.class).get();
    private long beats;
    private final KafkaPublisher publisher = broker.publisher(Runnable::run);

    @AfterEach
    void close() {
        publisher.close();
    }

    @Test
    void accountEventReachesTheSocketAsABalance() {
        // Given
        CreditsHttpStub.ONLY.grant(account, 60);
        try (TestClient client = TestClient.withToken(TestTokens.of(account, Role.USER))) {
            client.say("type", "start", "kind", "live_dubbing", "start_key", "k")
                    .await("started");
            // When
            publish(EntryType.GRANTED.eventType(), "{".getBytes(StandardCharsets.UTF_8));
            publish("io.drawdown.credits.account.invented.v9", new byte[0]);
            publish(EntryType.GRANTED.eventType(), Json.bytes(granted(77)));
            // Then
            assertThat(client.await("balance").path("balance").asInt()).isEqualTo(77);
            assertThat(client.await("balance").path("seq").asInt()).isEqualTo(1_000);
        }
    }

    @Test
    void accountEventThatCanNeverBeReadIsADeadLetter() {
        // Given
        CreditsHttpStub.ONLY.grant(account, 60);
        try (TestClient client = TestClient.withToken(TestTokens.of(account, Role.USER));
                KafkaConsumer<String, byte[]> letters = deadLetters()) {
            client.say("type", "start", "kind", "live_dubbing", "start_key", "k")
                    .await("started");
            // When
            publish(EntryType.GRANTED.eventType(), "{".getBytes(StandardCharsets.UTF_8));
            // Then
            Awaitility.await().atMost(PATIENCE).until(() -> StreamSupport.stream(
                            letters.poll(Duration.ofMillis(100)).spliterator(), false)
                    .anyMatch(letter -> account.equals(letter.key())));
        }
    }

    private KafkaConsumer<String, byte[]> deadLetters() {
        String topic = broker.names().of(Topic.deadLetters(Service.SESSION_SERVICE));
        KafkaConsumer<String, byte[]> consumer = broker.reader();
        List<TopicPartition> partitions = IntStream.range(0, broker.partitions())
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    @Test
    void greatestHeartbeatsAreFoundAgain() {
        // Given
        beat(new MeterReading(account, "ses_a", 1, 5_000), new MeterReading("stranger", "ses_x", 1, 9));
        beat(new MeterReading(account, "ses_a", 1, 10_000), new MeterReading(account, "ses_b", 2, 1));
        beat(new MeterReading(account, "ses_a", 1, 7_000), new MeterReading(account, "ses_a", 2, 3));
        // When
        HeartbeatHistory.Heard found = new KafkaHeartbeatHistory(broker, Runnable::run)
                .since(LONG_AGO, Set.of(account, "nobody"))
                .await()
                .atMost(PATIENCE);
        // Then
        assertThat(found.readings())
                .containsExactlyInAnyOrder(
                        new MeterReading(account, "ses_a", 1, 10_000),
                        new MeterReading(account, "ses_a", 2, 3),
                        new MeterReading(account, "ses_b", 2, 1));
        assertThat(found.beats()).containsEntry("inc", 3L);
    }

    @Test
    void theLatestHeartbeatsAreFoundWhateverTheClocksSay() {
        // Given
        beat(new MeterReading(account, "ses_late", 1, 5_000));
        // When
        HeartbeatHistory.Heard found = new KafkaHeartbeatHistory(broker, Runnable::run)
                .since(Instant.parse("2100-01-01T00:00:00Z"), Set.of(account))
                .await()
                .atMost(PATIENCE);
        // Then
        assertThat(found.readings()).contains(new MeterReading(account, "ses_late", 1, 5_000));
    }

    private AccountEvent granted(long balance) {
        Credits all = Credits.of(balance);
        return new AccountEvent(
                EntryType.GRANTED,
                account,
                NOW,
                all,
                new AccountView(1_000, all, all, all, all, all),
                null,
                null,
                List.of(new GrantPart("g2", GrantKind.PURCHASED, 500, NOW, null, all)),
                null,
                null,
                null);
    }

    private void publish(String type, byte[] data) {
        publisher
                .publish(Topic.CREDITS_ACCOUNT, new CloudEvent(account, type, "test", account, NOW, account, data))
                .await()
                .atMost(PATIENCE);
    }

    private void beat(MeterReading... readings) {
        int partition = Partitions.of(account, broker.partitions());
        byte[] data = Json.bytes(new Heartbeat("inc", ++beats, List.of(readings)));
        publisher
                .publish(
                        Topic.SESSION_HEARTBEAT,
                        new CloudEvent("inc:1", Heartbeat.EVENT_TYPE, "test", "inc", NOW, "0", data).in(partition))
                .await()
                .atMost(PATIENCE);
    }
}
