package io.drawdown.kit.events;

import io.drawdown.contracts.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/** Sets aside, on the service's own topic, what can never be applied, so that it holds nobody up and is not lost. */
public final class DeadLetters {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final int LONGEST_REASON = 500;

    private final KafkaPublisher publisher;
    private final String topic;
    private final Counter letters;

    public DeadLetters(KafkaPublisher publisher, TopicNames names, Topic topic, MeterRegistry metrics) {
        this.publisher = publisher;
        this.topic = names.of(topic);
        this.letters = metrics.counter("drawdown.dead.letters");
    }

    /** The record as it came, with where it lay and why it is here. */
    public Uni<Void> unreadable(RawRecord record, String reason) {
        LOG.errorf("Record can never be read, set aside: record=%s reason=%s", record.place(), reason);
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(topic, null, record.key(), record.value(), record.headers());
        KafkaPublisher.put(letter.headers(), "dl_topic", record.topic());
        KafkaPublisher.put(letter.headers(), "dl_partition", String.valueOf(record.partition()));
        KafkaPublisher.put(letter.headers(), "dl_offset", String.valueOf(record.offset()));
        return publish(letter, reason);
    }

    /** One entry of a record, as JSON. */
    public Uni<Void> rejected(Rejection rejection) {
        LOG.errorf("Entry can never be applied, set aside: key=%s reason=%s", rejection.key(), rejection.reason());
        return publish(new ProducerRecord<>(topic, rejection.key(), Json.bytes(rejection.entry())), rejection.reason());
    }

    private Uni<Void> publish(ProducerRecord<String, byte[]> letter, String reason) {
        KafkaPublisher.put(
                letter.headers(), "dl_reason", reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
        return publisher.send(letter).invoke(() -> letters.increment());
    }
}
