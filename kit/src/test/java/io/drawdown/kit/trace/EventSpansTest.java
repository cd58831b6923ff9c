package io.drawdown.kit.trace;

import io.drawdown.contracts.Topic;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.kafka.KafkaPublisher;
import io.drawdown.kit.kafka.TopicNames;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The spans of events that go out. */
class EventSpansTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final TraceContext CAUSE =
            new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", null);
    private static final CloudEvent EVENT =
            new CloudEvent("ada:7", "x.v1", "test", "ada", Instant.EPOCH, "ada", "{}".getBytes(UTF_8));

    private final RecordedSpans recorded = RecordedSpans.all();
    private final MockProducer<String, byte[]> broker =
            new MockProducer<>(true, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());

    private void publish(CloudEvent event) {
        try (KafkaPublisher publisher =
                new KafkaPublisher(() -> broker, new TopicNames("p."), Runnable::run, recorded.spans())) {
            publisher
                    .publishInOrder(Topic.CREDITS_ACCOUNT, List.of(event))
                    .await()
                    .atMost(PATIENCE);
            publisher.publish(Topic.METERING_USAGE, event).await().atMost(PATIENCE);
        }
    }

    private String sentTrace() {
        var header = broker.history().getLast().headers().lastHeader("ce_traceparent");
        return header == null ? "none" : new String(header.value(), UTF_8);
    }

    @Test
    void sendingIsAChildOfWhatCausedTheEventWhichTheEventStillNames() {
        // When
        publish(EVENT.causedBy(CAUSE));
        // Then
        assertThat(recorded.ended().stream().map(SpanData::getName))
                .containsExactly("send p.drawdown.credits.account", "send p.drawdown.metering.usage");
        assertThat(recorded.ended()).allSatisfy(span -> {
            assertThat(span.getKind()).isEqualTo(SpanKind.PRODUCER);
            assertThat(span.getTraceId()).isEqualTo(CAUSE.traceId());
            assertThat(span.getParentSpanId()).isEqualTo("b7ad6b7169203331");
        });
        assertThat(sentTrace()).isEqualTo(CAUSE.traceparent());
    }

    @Test
    void eventThatManySharedIsLinkedToThemAndNamesItsSending() {
        // When
        publish(EVENT.about(List.of(CAUSE)));
        // Then
        SpanData sent = recorded.ended().getLast();
        assertThat(sent.getParentSpanContext().isValid()).isFalse();
        assertThat(sent.getLinks().getFirst().getSpanContext().getTraceId()).isEqualTo(CAUSE.traceId());
        assertThat(sentTrace()).isEqualTo("00-" + sent.getTraceId() + "-" + sent.getSpanId() + "-01");
    }

    @Test
    void eventThatNoTraceCausedHasNoSpan() {
        // When
        publish(EVENT);
        // Then
        assertThat(recorded.ended()).isEmpty();
        assertThat(sentTrace()).isEqualTo("none");
    }
}
