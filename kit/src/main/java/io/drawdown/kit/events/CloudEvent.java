package io.drawdown.kit.events;

import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.json.Json;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * One CloudEvents 1.0 event. On Kafka it is in binary mode: its data is the value, everything else is in headers.
 *
 * @param id {@code <aggregateId>:<seq>}; with {@code source} unique for ever
 * @param type e.g. {@code io.drawdown.credits.account.settled.v1}
 * @param source the service that publishes it, e.g. {@code credits-service}
 * @param subject the aggregate's id
 * @param key orders events: those of one key arrive in the order in which they were published
 * @param data JSON, see {@link Json}; nobody changes the array
 * @param partition the partition; null if the key decides
 * @param about traces that it adds to, if many requests share it, so that none of them caused it; they do not go to the broker
 * @param trace the context of the request that caused it, in the attributes of the distributed tracing extension; null if
 *     none did
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they go to the broker; an event is never compared
// More than 8 components: flat on the wire.
public record CloudEvent(
        String id,
        String type,
        String source,
        String subject,
        Instant time,
        String key,
        byte[] data,
        @Nullable Integer partition,
        @Nullable TraceContext trace,
        List<TraceContext> about) {

    static final String TRACEPARENT = "ce_" + TraceContext.TRACEPARENT;
    static final String TRACESTATE = "ce_" + TraceContext.TRACESTATE;

    public CloudEvent(String id, String type, String source, String subject, Instant time, String key, byte[] data) {
        this(id, type, source, subject, time, key, data, null, null, List.of());
    }

    /** This event in that partition, whatever its key. */
    public CloudEvent in(int chosen) {
        return new CloudEvent(id, type, source, subject, time, key, data, chosen, trace, about);
    }

    /** This event with the context of the request that caused it. */
    public CloudEvent causedBy(@Nullable TraceContext request) {
        return new CloudEvent(id, type, source, subject, time, key, data, partition, request, about);
    }

    /** This event, which adds to those traces. */
    public CloudEvent about(List<TraceContext> traces) {
        return new CloudEvent(id, type, source, subject, time, key, data, partition, trace, traces);
    }

    /** The headers as they are on the broker; a new object each time. */
    public Headers headers() {
        Headers headers = new RecordHeaders();
        RawRecord.put(headers, "ce_specversion", "1.0");
        RawRecord.put(headers, "ce_id", id);
        RawRecord.put(headers, "ce_type", type);
        RawRecord.put(headers, "ce_source", source);
        RawRecord.put(headers, "ce_subject", subject);
        RawRecord.put(headers, "ce_time", time.toString());
        RawRecord.put(headers, "ce_partitionkey", key);
        RawRecord.put(headers, "content-type", "application/json");
        if (trace != null) {
            RawRecord.put(headers, TRACEPARENT, trace.traceparent());
            if (trace.tracestate() != null) {
                RawRecord.put(headers, TRACESTATE, trace.tracestate());
            }
        }
        return headers;
    }

    /** Its partition on a topic with so many partitions. */
    public int partitionOf(int partitions) {
        return partition == null ? Partitions.of(key, partitions) : partition;
    }
}
