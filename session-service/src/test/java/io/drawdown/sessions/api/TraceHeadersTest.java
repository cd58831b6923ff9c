package io.drawdown.sessions.api;

import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.RawRecord;
import io.drawdown.kit.kafka.Broker;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.security.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static io.drawdown.sessions.api.RestSessions.asGateway;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The trace headers of a handshake and of a request reach credits-service, and the events on the broker. */
@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class TraceHeadersTest {

    private static final CreditsHttpStub CREDITS = CreditsHttpStub.ONLY;
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String OTHER = "00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

    @Inject
    @Nullable
    Broker injected;

    private final String account = "trace-" + UUID.randomUUID();

    @Test
    void startBelongsToTheHandshakeAndEndToItsRequest() {
        // When
        String session = startedAndEnded(PARENT, OTHER);
        // Then
        assertThat(CREDITS.trace("start", session)).isEqualTo(PARENT + " null");
        assertThat(CREDITS.trace("release", session)).isEqualTo(OTHER + " a=1,b=2");
        assertThat(eventsOf(session)).containsExactly(PARENT + " null", OTHER + " a=1,b=2");
    }

    @Test
    void invalidHeadersCountAsAbsent() {
        // When
        String session = startedAndEnded("00-0-0-01", PARENT.toUpperCase(Locale.ROOT));
        // Then
        assertThat(CREDITS.trace("start", session)).isEqualTo("null null");
        assertThat(CREDITS.trace("release", session)).isEqualTo("null null");
        assertThat(eventsOf(session)).containsExactly("null null", "null null");
    }

    /** Both are asked for again, in another context that changes nothing. */
    private String startedAndEnded(String startParent, String endParent) {
        CREDITS.grant(account, 60);
        String token = TestTokens.of(account, Role.USER);
        try (TestClient first = TestClient.traced(token, startParent);
                TestClient again = TestClient.traced(token, OTHER)) {
            String session = first.start(account, "k")
                    .await("started")
                    .path("session_id")
                    .asText();
            again.start(account, "k");
            first.closeCode();
            end(session, endParent);
            end(session, PARENT);
            return session;
        }
    }

    private static void end(String session, String parent) {
        asGateway()
                .header("traceparent", parent)
                .header("tracestate", "a=1", "b=2")
                .post("/api/v1/sessions/" + session + "/end")
                .then()
                .statusCode(200);
    }

    /** The context and the state of its two events, in their order. */
    private List<String> eventsOf(String session) {
        List<String> found = new ArrayList<>();
        Broker broker = requireNonNull(injected);
        try (KafkaConsumer<String, byte[]> consumer = broker.reader()) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(broker.names().of(Topic.SESSION_LIFECYCLE)).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    RawRecord event = RawRecord.of(record);
                    if (session.equals(event.header("ce_subject"))) {
                        found.add(event.header("ce_traceparent") + " " + event.header("ce_tracestate"));
                    }
                });
                return found.size() >= 2;
            });
        }
        return found;
    }
}
