package io.drawdown.credits;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.contracts.Topic;
import io.drawdown.contracts.TraceContext;
import io.drawdown.credits.http.Requests;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.RawRecord;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.kafka.Broker;
import io.drawdown.kit.kafka.KafkaPublisher;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The trace headers of a request are on the events that it causes, as the broker has them. */
@QuarkusTest
@QuarkusTestResource(RealServers.class)
class TraceHeadersTest {

    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String OTHER = "00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

    @Inject
    @Nullable
    Broker injected;

    @Test
    void eventCarriesTheHeadersOfTheFirstRequestWithItsKey() {
        // Given
        String account = Requests.opened(90);
        // When
        charge(Requests.gateway().header("traceparent", PARENT).header("tracestate", "a=1", "b=2"), account, "1");
        charge(Requests.gateway().header("traceparent", OTHER), account, "1");
        charge(Requests.gateway().header("traceparent", OTHER), account, "2");
        // Then
        assertThat(headers(account, 4))
                .containsExactly(
                        "opened null null",
                        "granted null null",
                        "charged " + PARENT + " a=1,b=2",
                        "charged " + OTHER + " null");
    }

    @Test
    void invalidHeadersCountAsAbsent() {
        // Given
        String account = Requests.opened(90);
        // When
        charge(Requests.gateway().header("traceparent", "00-0-0-01").header("tracestate", "a=1"), account, "1");
        charge(Requests.gateway().header("traceparent", PARENT, OTHER), account, "2");
        charge(Requests.gateway().header("tracestate", "a=1"), account, "3");
        // Then
        assertThat(headers(account, 5)).allMatch(each -> each.endsWith(" null null"));
    }

    @Test
    void releaseCarriesTheHeadersOfTheEventThatSaysTheEnd() {
        // Given
        String account = Requests.opened(90);
        String session = "ses_" + UUID.randomUUID();
        Requests.funding(session, "start", "{\"account_id\":\"" + account + "\",\"kind\":\"live_dubbing\"}")
                .statusCode(200);
        // When
        publish(new SessionEvent(
                SessionEvent.Type.ENDED, session, 2, account, "live_dubbing", 1, 0, Instant.EPOCH, EndReason.USER));
        // Then
        assertThat(headers(account, 4)).endsWith("held null null", "released " + PARENT + " null");
    }

    private static void charge(RequestSpecification request, String account, String key) {
        request.header("Idempotency-Key", key)
                .body("{\"meter\":\"ai_search\"}")
                .post("/api/v1/accounts/" + account + "/charges")
                .then()
                .statusCode(201);
    }

    private void publish(SessionEvent event) {
        CloudEvent published = new CloudEvent(
                event.id(),
                event.type().eventType(),
                "test",
                event.sessionId(),
                event.at(),
                event.accountId(),
                Json.bytes(event));
        try (KafkaPublisher publisher = broker().publisher(Runnable::run)) {
            publisher
                    .publish(Topic.SESSION_LIFECYCLE, published.causedBy(new TraceContext(PARENT, null)))
                    .await()
                    .atMost(Duration.ofSeconds(10));
        }
    }

    /** Of so many events of the account, in their order: type, context and state. */
    private List<String> headers(String account, int events) {
        List<String> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = broker().reader()) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(broker().names().of(Topic.CREDITS_ACCOUNT)).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    if (account.equals(record.key())) {
                        found.add(headers(RawRecord.of(record)));
                    }
                });
                return found.size() >= events;
            });
        }
        return found;
    }

    private static String headers(RawRecord record) {
        String type = requireNonNull(record.header("ce_type")).split("\\.", -1)[4];
        return type + " " + record.header("ce_traceparent") + " " + record.header("ce_tracestate");
    }

    private Broker broker() {
        return requireNonNull(injected);
    }
}
