package io.drawdown.kit.events;

import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A record as it lies on the broker. */
@SuppressWarnings("ArrayRecordComponent") // bytes as they came; never compared
public record RawRecord(
        String topic, int partition, long offset, @Nullable String key, byte @Nullable [] value, Headers headers) {

    public static RawRecord of(ConsumerRecord<String, byte[]> record) {
        return new RawRecord(
                record.topic(), record.partition(), record.offset(), record.key(), record.value(), record.headers());
    }

    /** @param record one of a batch from a channel */
    static RawRecord of(KafkaRecord<String, byte[]> record) {
        if (!(record instanceof IncomingKafkaRecord<String, byte[]> incoming)) {
            throw new IllegalArgumentException("not a record from a channel: " + record.getClass());
        }
        return new RawRecord(
                incoming.getTopic(),
                incoming.getPartition(),
                incoming.getOffset(),
                incoming.getKey(),
                incoming.getPayload(),
                incoming.getHeaders());
    }

    /** The last header of that name as text. */
    public @Nullable String header(String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    String place() {
        return topic + "/" + partition + "@" + offset;
    }
}
