package io.drawdown.bench.sessions;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Copies of one event for other accounts, and what became of them. Safe for use by several threads. */
final class Sends {

    private static final int ACCOUNTS = 1_000;

    private final KafkaProducer<String, byte[]> producer;
    private final ConsumerRecord<String, byte[]> sample;
    private final String prefix;
    private final AtomicLong number = new AtomicLong();
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    Sends(KafkaProducer<String, byte[]> producer, ConsumerRecord<String, byte[]> sample, String prefix) {
        this.producer = producer;
        this.sample = sample;
        this.prefix = prefix;
    }

    /** Completes when all of them are stored or have failed. */
    CompletableFuture<Void> send(int count) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        AtomicInteger left = new AtomicInteger(count);
        for (int each = 0; each < count; each++) {
            String account = prefix + number.incrementAndGet() % ACCOUNTS;
            var unused = producer.send(
                    new ProducerRecord<>(sample.topic(), null, account, sample.value(), sample.headers()),
                    (place, fault) -> {
                        (fault == null ? stored : failed).incrementAndGet();
                        if (left.decrementAndGet() == 0) {
                            done.complete(null);
                        }
                    });
        }
        return done;
    }

    /** Returns when nothing is under way any more. */
    void flush() {
        producer.flush();
    }

    long stored() {
        return stored.get();
    }

    long failed() {
        return failed.get();
    }
}
