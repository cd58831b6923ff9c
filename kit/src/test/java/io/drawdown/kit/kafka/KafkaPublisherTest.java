package io.drawdown.kit.kafka;

import io.drawdown.contracts.Topic;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.RawRecord;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.trace.Spans;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KafkaPublisherTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final TraceContext TRACE =
            new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "rojo=1");
    private static final CloudEvent EVENT = new CloudEvent(
                    "ada:7",
                    "io.drawdown.x.v1",
                    "test",
                    "ada",
                    Instant.parse("2026-01-01T00:00:00Z"),
                    "ada",
                    "{}".getBytes(UTF_8))
            .in(3)
            .causedBy(TRACE);

    private final MockProducer<String, byte[]> broker = producer(false);

    @Test
    void eventIsLaidOutInBinaryModeAndConfirmedByTheBroker() {
        try (KafkaPublisher publisher =
                new KafkaPublisher(() -> broker, new TopicNames("p."), Runnable::run, Spans.NONE)) {
            // When
            CompletableFuture<Void> published =
                    publisher.publish(Topic.CREDITS_ACCOUNT, EVENT).subscribeAsCompletionStage();
            Awaitility.await().until(() -> !broker.history().isEmpty());
            // Then
            assertThat(published).isNotDone();
            broker.completeNext();
            assertThat(published).succeedsWithin(PATIENCE);
            ProducerRecord<String, byte[]> record = broker.history().getFirst();
            assertThat(record.topic()).isEqualTo("p.drawdown.credits.account");
            assertThat(record.partition()).isEqualTo(3);
            assertThat(headers(record))
                    .isEqualTo(
                            "ce_specversion=1.0 ce_id=ada:7 ce_type=io.drawdown.x.v1 ce_source=test ce_subject=ada"
                                    + " ce_time=2026-01-01T00:00:00Z ce_partitionkey=ada content-type=application/json"
                                    + " ce_traceparent=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01 ce_tracestate=rojo=1");
            RawRecord raw = RawRecord.of(EVENT, record.topic(), 3, 0);
            assertThat(raw.headers()).isEqualTo(record.headers());
            assertThat(raw.trace()).isEqualTo(TRACE);
            assertThat(EVENT.partitionOf(8)).isEqualTo(3);
        }
    }

    @Test
    void unconfirmedEventHasAnUnknownOutcomeAndARefusedOneIsUnavailable() {
        try (KafkaPublisher publisher =
                new KafkaPublisher(() -> broker, new TopicNames(""), Runnable::run, Spans.NONE)) {
            // When
            CompletableFuture<Void> unconfirmed =
                    publisher.publish(Topic.CREDITS_ACCOUNT, EVENT).subscribeAsCompletionStage();
            Awaitility.await().until(() -> !broker.history().isEmpty());
            broker.errorNext(new TimeoutException("late"));
            // Then
            assertThatThrownBy(unconfirmed::join).hasCauseInstanceOf(OutcomeUnknown.class);
            broker.sendException = new TimeoutException("no metadata");
            assertThatThrownBy(() -> publisher
                            .publish(Topic.CREDITS_ACCOUNT, EVENT)
                            .await()
                            .atMost(PATIENCE))
                    .isInstanceOf(Unavailable.class);
        }
    }

    @Test
    void eventsInOrderAreSentWithoutWaitingForEachOther() {
        try (KafkaPublisher publisher =
                new KafkaPublisher(() -> broker, new TopicNames(""), Runnable::run, Spans.NONE)) {
            // When
            CompletableFuture<Integer> published = publisher
                    .publishInOrder(Topic.CREDITS_ACCOUNT, List.of(EVENT, EVENT, EVENT))
                    .subscribeAsCompletionStage();
            Awaitility.await().until(() -> broker.history().size() == 3);
            // Then
            broker.completeNext();
            broker.completeNext();
            assertThat(published).isNotDone();
            broker.completeNext();
            assertThat(published).succeedsWithin(PATIENCE).isEqualTo(3);
        }
    }

    @Test
    void nothingOfAProducerIsSentAfterAFailureThatALaterEventCouldOvertake() {
        // Given
        MockProducer<String, byte[]> next = producer(true);
        Iterator<Producer<String, byte[]>> producers =
                List.<Producer<String, byte[]>>of(broker, next).iterator();
        try (KafkaPublisher publisher =
                new KafkaPublisher(producers::next, new TopicNames(""), Runnable::run, Spans.NONE)) {
            CompletableFuture<Integer> published = publisher
                    .publishInOrder(Topic.CREDITS_ACCOUNT, List.of(EVENT, EVENT, EVENT))
                    .subscribeAsCompletionStage();
            Awaitility.await().until(() -> broker.history().size() == 3);
            // When
            broker.completeNext();
            broker.errorNext(new TimeoutException("late"));
            // Then
            assertThat(broker.closed()).isTrue();
            assertThat(published).succeedsWithin(PATIENCE).isEqualTo(1);
            assertThat(publisher
                            .publishInOrder(Topic.CREDITS_ACCOUNT, List.of(EVENT, EVENT))
                            .await()
                            .atMost(PATIENCE))
                    .isEqualTo(2);
            assertThat(next.history()).hasSize(2);
        }
    }

    @Test
    void callGoesThroughOneProducerAlthoughItIsReplacedMeanwhile() {
        // Given
        FailingMeanwhile first = new FailingMeanwhile(4);
        MockProducer<String, byte[]> next = producer(true);
        Iterator<Producer<String, byte[]>> producers =
                List.<Producer<String, byte[]>>of(first, next).iterator();
        try (KafkaPublisher publisher =
                new KafkaPublisher(producers::next, new TopicNames(""), Runnable::run, Spans.NONE)) {
            // When
            CompletableFuture<Integer> overtaken = publisher
                    .publishInOrder(Topic.CREDITS_ACCOUNT, List.of(EVENT, EVENT))
                    .subscribeAsCompletionStage();
            CompletableFuture<Integer> underWay = publisher
                    .publishInOrder(Topic.CREDITS_ACCOUNT, List.of(EVENT, EVENT, EVENT))
                    .subscribeAsCompletionStage();
            // Then
            assertThatThrownBy(overtaken::join).hasCauseInstanceOf(OutcomeUnknown.class);
            Awaitility.await().until(first::closed);
            while (first.errorNext(new TimeoutException("closed"))) {
                // what a real producer does when it is closed
            }
            assertThatThrownBy(underWay::join).hasCauseInstanceOf(OutcomeUnknown.class);
            assertThat(next.history()).isEmpty();
        }
    }

    /** Its first record fails while it takes one of these. */
    private static final class FailingMeanwhile extends MockProducer<String, byte[]> {

        private final int when;
        private int taken;

        FailingMeanwhile(int when) {
            super(false, null, new StringSerializer(), new ByteArraySerializer());
            this.when = when;
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> message, Callback callback) {
            Future<RecordMetadata> sent = super.send(message, callback);
            taken++;
            if (taken == when) {
                errorNext(new TimeoutException("late"));
            }
            return sent;
        }
    }

    @Test
    void eventThatIsNotTakenStopsThoseAfterItAndNoOthers() {
        // Given
        MockProducer<String, byte[]> prompt = producer(true);
        try (KafkaPublisher publisher =
                new KafkaPublisher(() -> prompt, new TopicNames(""), Runnable::run, Spans.NONE)) {
            prompt.sendException = new TimeoutException("no metadata");
            // When
            Uni<Integer> published = publisher.publishInOrder(Topic.CREDITS_ACCOUNT, List.of(EVENT, EVENT));
            // Then
            assertThatThrownBy(() -> published.await().atMost(PATIENCE)).isInstanceOf(Unavailable.class);
            prompt.sendException = null;
            assertThat(published.await().atMost(PATIENCE)).isEqualTo(2);
            assertThat(prompt.history()).hasSize(2);
        }
    }

    private static MockProducer<String, byte[]> producer(boolean answersAtOnce) {
        return new MockProducer<>(answersAtOnce, null, new StringSerializer(), new ByteArraySerializer());
    }

    @Test
    void closeSendsWaitingEventsAndRefusesLaterOnes() {
        // Given
        MockProducer<String, byte[]> prompt = producer(true);
        KafkaPublisher publisher = new KafkaPublisher(() -> prompt, new TopicNames(""), Runnable::run, Spans.NONE);
        List<CompletableFuture<Void>> published = IntStream.range(0, 1_000)
                .mapToObj(i -> publisher.publish(Topic.CREDITS_ACCOUNT, EVENT).subscribeAsCompletionStage())
                .toList();
        // When
        publisher.close();
        // Then
        assertThat(published).allSatisfy(each -> assertThat(each).succeedsWithin(PATIENCE));
        assertThatThrownBy(() ->
                        publisher.publish(Topic.CREDITS_ACCOUNT, EVENT).await().atMost(PATIENCE))
                .isInstanceOf(Unavailable.class)
                .hasMessage("nothing is published any more");
    }

    private static String headers(ProducerRecord<String, byte[]> record) {
        return Arrays.stream(record.headers().toArray())
                .map(header -> header.key() + "=" + new String(header.value(), UTF_8))
                .collect(Collectors.joining(" "));
    }
}
