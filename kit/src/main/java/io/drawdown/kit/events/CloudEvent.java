package io.drawdown.kit.events;

import io.drawdown.kit.json.Json;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * One event in CloudEvents 1.0 terms. On Kafka it lies in binary mode: its data as the value, all else as headers.
 *
 * @param id {@code <aggregateId>:<seq>}; with {@code source} unique for ever
 * @param type e.g. {@code io.drawdown.credits.account.settled.v1}
 * @param source the service that says it, e.g. {@code credits-service}
 * @param subject the aggregate's id
 * @param key orders events: those of one key arrive in the order in which they were published
 * @param data JSON, see {@link Json}; never changed by anyone once it is here
 * @param partition where it goes if not where its key leads
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they go to the broker; an event is never compared
public record CloudEvent(
        String id,
        String type,
        String source,
        String subject,
        Instant time,
        String key,
        byte[] data,
        @Nullable Integer partition) {

    public CloudEvent(String id, String type, String source, String subject, Instant time, String key, byte[] data) {
        this(id, type, source, subject, time, key, data, null);
    }

    /** As they stand on the broker; new ones each time. */
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
        return headers;
    }

    /** Where it goes on a topic of so many partitions. */
    public int partitionOf(int partitions) {
        return partition == null ? Partitions.of(key, partitions) : partition;
    }
}
