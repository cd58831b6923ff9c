package io.drawdown.kit.events;

import io.drawdown.contracts.TraceContext;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A record as it is on the broker. */
@SuppressWarnings("ArrayRecordComponent") // bytes as they came; never compared
public record RawRecord(
        String topic, int partition, long offset, @Nullable String key, byte @Nullable [] value, Headers headers) {

    public static RawRecord of(ConsumerRecord<String, byte[]> record) {
        return new RawRecord(
                record.topic(), record.partition(), record.offset(), record.key(), record.value(), record.headers());
    }

    /** The event as a record at that place. */
    public static RawRecord of(CloudEvent event, String topic, int partition, long offset) {
        return new RawRecord(topic, partition, offset, event.key(), event.data(), event.headers());
    }

    /** The text of the last header with that name. */
    public @Nullable String header(String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    /** The trace context of the event; absent if it has none, or an invalid one. */
    public @Nullable TraceContext trace() {
        return TraceContext.of(texts(CloudEvent.TRACEPARENT), texts(CloudEvent.TRACESTATE));
    }

    private List<String> texts(String name) {
        return Stream.ofNullable(header(name)).toList();
    }

    public static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    public String place() {
        return topic + "/" + partition + "@" + offset;
    }
}
