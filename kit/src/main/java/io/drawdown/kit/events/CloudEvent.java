package io.drawdown.kit.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event in CloudEvents 1.0 terms, before it is laid out on Kafka in binary mode.
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
}
