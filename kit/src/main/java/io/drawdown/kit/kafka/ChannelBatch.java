package io.drawdown.kit.kafka;

import io.drawdown.kit.events.BatchProcessor;
import io.drawdown.kit.events.RawRecord;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;

/** Connects a channel to a {@link BatchProcessor}. */
public final class ChannelBatch {

    private ChannelBatch() {}

    /** Completes when the batch is processed and acknowledged. */
    public static Uni<Void> process(KafkaRecordBatch<String, byte[]> batch, BatchProcessor<?> processor) {
        return processor
                .process(batch.getRecords().stream().map(ChannelBatch::raw).toList())
                .chain(() -> Uni.createFrom().completionStage(batch::ack));
    }

    private static RawRecord raw(KafkaRecord<String, byte[]> record) {
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
}
