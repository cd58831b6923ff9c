package io.drawdown.kit.kafka;

import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.Service;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.DeadLetters;
import io.drawdown.kit.events.RawRecord;
import io.drawdown.kit.events.Rejection;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.trace.Spans;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class KafkaDeadLettersTest {

    private static final TopicNames NAMES = new TopicNames("t.");

    private final MockProducer<String, byte[]> broker =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final KafkaPublisher publisher = new KafkaPublisher(() -> broker, NAMES, Runnable::run, Spans.NONE);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final DeadLetters letters =
            new KafkaDeadLetters(publisher, NAMES, Topic.deadLetters(Service.CREDITS_SERVICE), metrics);

    @AfterEach
    void close() {
        publisher.close();
    }

    @Test
    void letterKeepsTheRecordItsPlaceAndTheReason() {
        // When
        ProducerRecord<String, byte[]> letter = written(letters.unreadable(record("{".getBytes(UTF_8)), "no JSON"));
        // Then
        assertThat(letter.topic())
                .isEqualTo("t." + Topic.deadLetters(Service.CREDITS_SERVICE).topicName());
        assertThat(letter.value()).isEqualTo("{".getBytes(UTF_8));
        assertThat(header(letter, "ce_type")).isEqualTo("some.type");
        assertThat(header(letter, "dl_topic")).isEqualTo("usage");
        assertThat(header(letter, "dl_partition")).isEqualTo("3");
        assertThat(header(letter, "dl_offset")).isEqualTo("7");
        assertThat(header(letter, "dl_reason")).isEqualTo("no JSON");
        assertThat(metrics.counter("drawdown.dead.letters").count()).isEqualTo(1);
    }

    @Test
    void largestRecordOfABrokerFitsIntoALetter() {
        // When
        ProducerRecord<String, byte[]> letter = written(letters.unreadable(record(new byte[1_048_000]), "no JSON"));
        // Then
        assertThat(letter.value()).hasSizeLessThan(900_000);
        assertThat(header(letter, "dl_full_bytes")).startsWith("1048");
        assertThat(header(letter, "dl_offset")).isEqualTo("7");
        assertThat(header(letter, "ce_type")).isEqualTo("some.type");
    }

    @Test
    void rejectedEntryIsWrittenAsJson() {
        // Given
        MeterReading entry = new MeterReading("ada", "ses_a", 1, 1);
        // When
        ProducerRecord<String, byte[]> letter =
                written(letters.rejected(new Rejection("ada", entry, "no such account")));
        // Then
        assertThat(letter.key()).isEqualTo("ada");
        assertThat(Json.read(letter.value(), MeterReading.class)).isEqualTo(entry);
        assertThat(header(letter, "dl_reason")).isEqualTo("no such account");
    }

    private ProducerRecord<String, byte[]> written(Uni<Void> letter) {
        letter.await().atMost(Duration.ofSeconds(20));
        assertThat(broker.history()).hasSize(1);
        return broker.history().getFirst();
    }

    private static RawRecord record(byte[] value) {
        RecordHeaders headers = new RecordHeaders();
        RawRecord.put(headers, "ce_type", "some.type");
        return new RawRecord("usage", 3, 7, "key", value, headers);
    }

    private static String header(ProducerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
