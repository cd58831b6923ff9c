package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import io.drawdown.cli.tokens.Role;
import io.drawdown.contracts.Service;
import io.drawdown.e2e.PersistentClient.SessionRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** On SIGTERM under load every committed entry has its row and its event before the process ends. */
@ResourceLock(Suite.BOTH_CORES)
class GracefulStopTest {

    private static final String CREDITS_SERVICE = Service.CREDITS_SERVICE.serviceName();
    private static final String SESSION_SERVICE = Service.SESSION_SERVICE.serviceName();
    private static final String CHECKPOINT_WORKER = Service.CHECKPOINT_WORKER.serviceName();
    private static final int ACCOUNTS = 10;
    private static final int CLIENTS = 8;
    private static final int ENOUGH = 400;
    private static final int SESSIONS = 20;

    @Test
    void gracefulStopLeavesNothingUnpublished(@TempDir Path home) throws IOException {
        try (Suite suite = Suite.start(home, Map.of("DRAWDOWN_CHECKPOINT_INTERVAL", "5s"))) {
            // Given: sessions that run, and clients that charge without a pause
            IntStream.range(0, ACCOUNTS).forEach(i -> suite.open("stop-" + i, 100_000));
            List<PersistentClient> clients = suite.clients(
                    SESSIONS, i -> new SessionRequest("stop-" + i % ACCOUNTS, "live_dubbing", "key-" + i));
            Thread playing = Thread.ofVirtual().start(() -> suite.runAll(clients, 60));
            suite.await(60, () -> clients.stream().allMatch(client -> client.saw("started")));
            AtomicInteger charged = new AtomicInteger();
            List<Thread> chargers = IntStream.range(0, CLIENTS)
                    .mapToObj(client -> Thread.ofVirtual().start(() -> chargeUntilRefused(suite, client, charged)))
                    .toList();
            suite.await(60, () -> charged.get() > ENOUGH);

            // When
            suite.stop(SESSION_SERVICE);
            suite.stop(CHECKPOINT_WORKER);
            suite.stop(CREDITS_SERVICE);
            chargers.forEach(Suite::join);
            Suite.join(playing);

            // Then
            Map<String, Set<String>> events = events(suite);
            for (String name : List.of(SESSION_SERVICE, CHECKPOINT_WORKER, CREDITS_SERVICE)) {
                assertThat(Files.readString(suite.stack().logsFolder().resolve(name + ".log")))
                        .as("log of %s", name)
                        .doesNotContain("too many events wait", "nothing is published any more", "Stopped with");
            }
            suite.startAgain(CREDITS_SERVICE);
            for (int i = 0; i < ACCOUNTS; i++) {
                String account = "stop-" + i;
                JsonNode newest = suite.credits(Role.GATEWAY)
                        .get("accounts/" + account + "/ledger?limit=1")
                        .expect(200)
                        .path("items")
                        .path(0);
                assertThat(events.get(account))
                        .as("events of %s before the stop was over", account)
                        .hasSize(newest.path("seq").asInt());
            }
            suite.startAgain(SESSION_SERVICE);
            suite.startAgain(CHECKPOINT_WORKER);
            assertThat(suite.check()).isEqualTo("clean[]");
        }
    }

    private static void chargeUntilRefused(Suite suite, int client, AtomicInteger charged) {
        Api api = suite.credits(Role.GATEWAY);
        try {
            for (int n = 0; ; n++) {
                api.post(
                                "accounts/stop-" + (client + n) % ACCOUNTS + "/charges",
                                "charge-" + client + "-" + n,
                                "{\"meter\":\"ai_search\"}")
                        .expect(200, 201);
                charged.incrementAndGet();
            }
        } catch (RuntimeException stopped) {
            assertThat(charged.get()).isPositive();
        }
    }

    /** The ids of all account events, by account. */
    private static Map<String, Set<String>> events(Suite suite) {
        String topic = suite.stack().topicPrefix() + "drawdown.credits.account";
        Map<String, Set<String>> ids = new HashMap<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", suite.stack().kafkaBootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            IntStream.range(0, suite.stack().partitions()).forEach(n -> partitions.add(new TopicPartition(topic, n)));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofSeconds(1)).forEach(event -> ids.computeIfAbsent(
                                event.key(), key -> new HashSet<>())
                        .add(new String(event.headers().lastHeader("ce_id").value(), UTF_8)));
            }
        }
        return ids;
    }
}
