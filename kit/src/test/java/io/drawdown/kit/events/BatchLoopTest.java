package io.drawdown.kit.events;

import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.Topic;
import io.drawdown.contracts.UsageReport;
import io.drawdown.kit.faults.Unavailable;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class BatchLoopTest {

    private static final TopicNames NAMES = new TopicNames("t.");
    private static final String DEAD_LETTERS = NAMES.of(Topic.CREDITS_DEAD_LETTER);

    private final MockProducer<String, byte[]> broker =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final KafkaPublisher publisher = new KafkaPublisher(broker, NAMES, Runnable::run);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final List<UsageReport> handled = new ArrayList<>();

    @AfterEach
    void close() {
        publisher.close();
    }

    @Test
    void unreadableRecordsAreSetAsideAndTheOthersGoThrough() {
        // Given
        FakeBatch batch = new FakeBatch()
                .add(UsageReport.EVENT_TYPE, json("a"))
                .add(UsageReport.EVENT_TYPE, "{".getBytes(UTF_8))
                .add(null, json("b"))
                .add(UsageReport.EVENT_TYPE, null)
                .add("io.drawdown.metering.usage.recorded.v2", json("c"))
                .add(UsageReport.EVENT_TYPE, json("d"));
        // When
        process(batch, this::take);
        // Then
        assertThat(handled).containsExactly(report("a"), report("d"));
        assertThat(broker.history()).hasSize(3).allMatch(letter -> letter.topic()
                .equals(DEAD_LETTERS));
        assertThat(header(broker.history().getFirst(), "dl_offset")).isEqualTo("1");
        assertThat(header(broker.history().getFirst(), "ce_type")).isEqualTo(UsageReport.EVENT_TYPE);
        assertThat(header(broker.history().getFirst(), "dl_reason")).isNotBlank();
        assertThat(metrics.counter("drawdown.dead.letters").count()).isEqualTo(3);
        assertThat(batch.acknowledged()).isTrue();
    }

    @Test
    void aRecordAsLargeAsABrokerTakesStillFitsIntoALetter() {
        // Given
        FakeBatch batch = new FakeBatch().add(UsageReport.EVENT_TYPE, new byte[1_048_000]);
        // When
        process(batch, this::take);
        // Then
        ProducerRecord<String, byte[]> letter = broker.history().getFirst();
        assertThat(letter.value()).hasSizeLessThan(900_000);
        assertThat(header(letter, "dl_full_bytes")).startsWith("1048");
        assertThat(header(letter, "dl_offset")).isEqualTo("0");
        assertThat(header(letter, "ce_type")).isEqualTo(UsageReport.EVENT_TYPE);
        assertThat(batch.acknowledged()).isTrue();
    }

    @Test
    void transientFaultHoldsTheBatchUntilItSucceeds() {
        // Given
        FakeBatch batch = new FakeBatch().add(UsageReport.EVENT_TYPE, json("a"));
        List<Integer> attempts = new ArrayList<>();
        // When
        process(batch, reports -> {
            attempts.add(attempts.size());
            return attempts.size() < 3 ? Uni.createFrom().failure(new Unavailable("the store is away")) : take(reports);
        });
        // Then
        assertThat(attempts).hasSize(3);
        assertThat(handled).containsExactly(report("a"));
        assertThat(broker.history()).isEmpty();
        assertThat(batch.acknowledged()).isTrue();
    }

    @Test
    void valueThatAlwaysFailsIsSetAsideAlone() {
        // Given
        FakeBatch batch = new FakeBatch()
                .add(UsageReport.EVENT_TYPE, json("a"))
                .add(UsageReport.EVENT_TYPE, json("poison"))
                .add(UsageReport.EVENT_TYPE, json("b"));
        // When
        process(batch, reports -> {
            if (reports.contains(report("poison"))) {
                throw new IllegalStateException("a bug");
            }
            return take(reports);
        });
        // Then
        assertThat(handled).containsExactly(report("a"), report("b"));
        assertThat(broker.history()).hasSize(1);
        assertThat(header(broker.history().getFirst(), "dl_offset")).isEqualTo("1");
        assertThat(batch.acknowledged()).isTrue();
    }

    @Test
    void rejectedEntryIsSetAsideAsJson() {
        // Given
        FakeBatch batch = new FakeBatch().add(UsageReport.EVENT_TYPE, json("a"));
        MeterReading entry = report("a").readings().getFirst();
        // When
        process(batch, reports -> Uni.createFrom().item(List.of(new Rejection("a", entry, "no such account"))));
        // Then
        ProducerRecord<String, byte[]> letter = broker.history().getFirst();
        assertThat(letter.key()).isEqualTo("a");
        assertThat(Json.read(letter.value(), MeterReading.class)).isEqualTo(entry);
        assertThat(header(letter, "dl_reason")).isEqualTo("no such account");
        assertThat(batch.acknowledged()).isTrue();
    }

    private void process(FakeBatch batch, Function<List<UsageReport>, Uni<List<Rejection>>> handler) {
        new BatchLoop<>(
                        new EventReader<>(Set.of(UsageReport.EVENT_TYPE), UsageReport.class),
                        handler,
                        new DeadLetters(publisher, NAMES, Topic.CREDITS_DEAD_LETTER, metrics))
                .process(batch)
                .await()
                .atMost(Duration.ofSeconds(20));
    }

    private Uni<List<Rejection>> take(List<UsageReport> reports) {
        handled.addAll(reports);
        return Uni.createFrom().item(List.of());
    }

    private static UsageReport report(String account) {
        return new UsageReport(List.of(new MeterReading(account, "ses_" + account, 1, 1)));
    }

    private static byte[] json(String account) {
        return Json.bytes(report(account));
    }

    private static String header(ProducerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
