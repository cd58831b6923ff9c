package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import io.drawdown.cli.tokens.Role;
import io.drawdown.client.SessionRequest;
import io.drawdown.contracts.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * On SIGTERM under load every committed entry has its row and its event before the process ends. An event carries the trace
 * context of the request that caused it, through both services.
 */
class GracefulStopTest {

    private static final String CREDITS_SERVICE = Service.CREDITS_SERVICE.serviceName();
    private static final String SESSION_SERVICE = Service.SESSION_SERVICE.serviceName();
    private static final String CHECKPOINT_WORKER = Service.CHECKPOINT_WORKER.serviceName();
    private static final int ACCOUNTS = 10;
    private static final int CLIENTS = 8;
    private static final int ENOUGH = 400;
    private static final int SESSIONS = 20;
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

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
            endASessionInATrace(suite, "stop-0");

            // When
            suite.stop(SESSION_SERVICE);
            suite.stop(CHECKPOINT_WORKER);
            suite.stop(CREDITS_SERVICE);
            chargers.forEach(Suite::join);
            clients.forEach(PersistentClient::leave);
            Suite.join(playing);

            // Then
            Map<String, Set<String>> events = events(suite);
            assertThat(events.get(TRACE)).isNotEmpty().allMatch(id -> id.startsWith("stop-0:"));
            for (String name : List.of(SESSION_SERVICE, CHECKPOINT_WORKER, CREDITS_SERVICE)) {
                assertThat(Files.readString(suite.stack().logsFolder().resolve(name + ".log")))
                        .as("log of %s", name)
                        .doesNotContain("too many events wait", "nothing is published any more", "Stopped with");
            }
            suite.startAgain(CREDITS_SERVICE);
            for (int i = 0; i < ACCOUNTS; i++) {
                String account = "stop-" + i;
                assertThat(events.get(account))
                        .as("events of %s before the stop was over", account)
                        .hasSize(newestSeq(suite, account));
            }
            suite.startAgain(SESSION_SERVICE);
            suite.startAgain(CHECKPOINT_WORKER);
            assertThat(suite.check()).isEqualTo("clean[]");
        }
    }

    private static int newestSeq(Suite suite, String account) {
        JsonNode page = suite.credits(Role.GATEWAY)
                .get("accounts/" + account + "/ledger?limit=1")
                .expect(200);
        return page.path("items").path(0).path("seq").asInt();
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

    private static void endASessionInATrace(Suite suite, String account) throws IOException {
        String session = suite.sessions(account).getFirst().path("id").asText();
        String request =
                "POST /api/v1/sessions/" + session + "/end HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Authorization: Bearer " + suite.token(Role.GATEWAY, "gateway") + "\r\ntraceparent: " + TRACE
                        + "\r\n\r\n";
        assertThat(RawHttp.answerOf(suite.stack().ports().of(Service.SESSION_SERVICE), request))
                .contains("\"state\":\"ended\"");
    }

    /** The ids of all account events by account, and of those in a trace also by its context. */
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
                consumer.poll(Duration.ofSeconds(1)).forEach(event -> {
                    String id = header(event, "ce_id").orElseThrow();
                    ids.computeIfAbsent(event.key(), key -> new HashSet<>()).add(id);
                    header(event, "ce_traceparent")
                            .ifPresent(trace -> ids.computeIfAbsent(trace, key -> new HashSet<>())
                                    .add(id));
                });
            }
        }
        return ids;
    }

    private static Optional<String> header(ConsumerRecord<String, byte[]> event, String name) {
        return Optional.ofNullable(event.headers().lastHeader(name)).map(header -> new String(header.value(), UTF_8));
    }
}
