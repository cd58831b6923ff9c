package io.drawdown.kit.events;

import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A batch as a channel hands it over, of one partition from offset 0. */
public final class FakeBatch implements KafkaRecordBatch<String, byte[]> {

    private final List<KafkaRecord<String, byte[]>> records = new ArrayList<>();
    private boolean acknowledged;

    /** @param type the header {@code ce_type}; null for none */
    @SuppressWarnings({"NullAway", "removal"}) // a record may lack a value, and nobody acknowledges one alone
    public FakeBatch add(@Nullable String type, byte @Nullable [] value) {
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>("usage", 0, records.size(), "key", value);
        if (type != null) {
            record.headers().add("ce_type", type.getBytes(StandardCharsets.UTF_8));
        }
        records.add(new IncomingKafkaRecord<>(record, "channel", 0, null, null, false, false));
        return this;
    }

    public boolean acknowledged() {
        return acknowledged;
    }

    @Override
    public List<KafkaRecord<String, byte[]>> getRecords() {
        return records;
    }

    @Override
    public Map<TopicPartition, KafkaRecord<String, byte[]>> getLatestOffsetRecords() {
        return Map.of();
    }

    @Override
    public List<byte[]> getPayload() {
        return records.stream().map(KafkaRecord::getPayload).toList();
    }

    @Override
    public Iterator<KafkaRecord<String, byte[]>> iterator() {
        return records.iterator();
    }

    @Override
    public CompletionStage<Void> ack() {
        acknowledged = true;
        return CompletableFuture.completedFuture(null);
    }
}
