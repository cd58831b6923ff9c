package io.drawdown.kit.kafka;

import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.DeadLetters;
import io.drawdown.kit.events.RawRecord;
import io.drawdown.kit.events.Rejection;
import io.drawdown.kit.json.Json;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;

/** Dead letters on the service's own topic. */
public final class KafkaDeadLetters implements DeadLetters {

    private static final Logger LOG = Logger.getLogger(KafkaDeadLetters.class);
    private static final int LONGEST_REASON = 500;

    /**
     * A size that every broker accepts, including the letter's own headers: a letter that the broker refuses would
     * block its partition.
     */
    private static final int LARGEST_BYTES = 900_000;

    private static final int LONGEST_KEY = 256;
    private static final int MOST_HEADERS = 32;
    private static final int LONGEST_HEADER = 2_048;

    private final KafkaPublisher publisher;
    private final String topic;
    private final Counter letters;

    public KafkaDeadLetters(KafkaPublisher publisher, TopicNames names, Topic topic, MeterRegistry metrics) {
        this.publisher = publisher;
        this.topic = names.of(topic);
        this.letters = metrics.counter("drawdown.dead.letters");
    }

    /**
     * Sets aside the record as it came, with its place and the reason. If it is too large for a letter, only its
     * beginning is kept.
     */
    @Override
    public Uni<Void> unreadable(RawRecord record, String reason) {
        LOG.errorf("Unreadable record set aside: record=%s reason=%s", record.place(), reason);
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(topic, null, record.key(), record.value(), record.headers());
        RawRecord.put(letter.headers(), "dl_topic", record.topic());
        RawRecord.put(letter.headers(), "dl_partition", String.valueOf(record.partition()));
        RawRecord.put(letter.headers(), "dl_offset", String.valueOf(record.offset()));
        return publish(letter, reason);
    }

    /** Sets aside one entry of a record, as JSON. */
    @Override
    public Uni<Void> rejected(Rejection rejection) {
        LOG.errorf("Rejected entry set aside: key=%s reason=%s", rejection.key(), rejection.reason());
        return publish(new ProducerRecord<>(topic, rejection.key(), Json.bytes(rejection.entry())), rejection.reason());
    }

    private Uni<Void> publish(ProducerRecord<String, byte[]> letter, String reason) {
        RawRecord.put(letter.headers(), "dl_reason", reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
        return publisher.send(fitting(letter)).invoke(() -> letters.increment());
    }

    private static ProducerRecord<String, byte[]> fitting(ProducerRecord<String, byte[]> letter) {
        String key = letter.key() == null ? "" : letter.key();
        byte[] value = letter.value() == null ? new byte[0] : letter.value();
        long bytes = 3L * key.length() + value.length;
        for (Header header : letter.headers()) {
            bytes += sizeOf(header);
        }
        if (bytes <= LARGEST_BYTES) {
            return letter;
        }
        ProducerRecord<String, byte[]> cut = new ProducerRecord<>(
                letter.topic(),
                key.substring(0, Math.min(key.length(), LONGEST_KEY)),
                Arrays.copyOf(value, Math.min(value.length, LARGEST_BYTES / 2)));
        List<Header> small = Arrays.stream(letter.headers().toArray())
                .filter(header -> sizeOf(header) <= LONGEST_HEADER)
                .toList();
        small.subList(Math.max(0, small.size() - MOST_HEADERS), small.size()).forEach(cut.headers()::add);
        RawRecord.put(cut.headers(), "dl_full_bytes", String.valueOf(bytes));
        return cut;
    }

    private static long sizeOf(Header header) {
        return 3L * header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
}
