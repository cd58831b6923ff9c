package io.drawdown.kit.kafka;

import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Publishes through one Kafka producer. The producer may block while the broker is away, so it has a thread of its
 * own; events wait for that thread in a bounded queue, in order.
 */
public final class KafkaPublisher implements EventPublisher, AutoCloseable {

    private static final int MOST_WAITING = 10_000;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final Producer<String, byte[]> producer;
    private final TopicNames names;
    private final Executor completions;
    private final ThreadPoolExecutor sender;

    /** @param completions where answers arrive: the core's thread */
    public KafkaPublisher(Producer<String, byte[]> producer, TopicNames names, Executor completions) {
        this.producer = producer;
        this.names = names;
        this.completions = completions;
        this.sender = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), KafkaPublisher::thread);
    }

    @Override
    public Uni<Void> publish(Topic topic, CloudEvent event) {
        return send(
                new ProducerRecord<>(names.of(topic), event.partition(), event.key(), event.data(), event.headers()));
    }

    /** Publishes a record unchanged, with the promises of {@link #publish}. */
    Uni<Void> send(ProducerRecord<String, byte[]> message) {
        return Uni.createFrom().emitter(emitter -> enqueue(message, emitter));
    }

    private void enqueue(ProducerRecord<String, byte[]> message, UniEmitter<? super Void> emitter) {
        try {
            sender.execute(() -> hand(message, emitter));
        } catch (RejectedExecutionException e) {
            complete(
                    emitter,
                    new Unavailable(
                            sender.isShutdown()
                                    ? "nothing is published any more"
                                    : "too many events wait for the broker",
                            e));
        }
    }

    private void hand(ProducerRecord<String, byte[]> message, UniEmitter<? super Void> emitter) {
        try {
            var unused = producer.send(
                    message, (metadata, fault) -> complete(emitter, fault == null ? null : unknown(fault)));
        } catch (RuntimeException e) { // whatever the fault is, the caller gets an answer
            complete(emitter, new Unavailable("the broker did not take an event", e));
        }
    }

    private void complete(UniEmitter<? super Void> emitter, @Nullable RuntimeException fault) {
        completions.execute(() -> {
            if (fault == null) {
                emitter.complete(null);
            } else {
                emitter.fail(fault);
            }
        });
    }

    private static OutcomeUnknown unknown(Exception fault) {
        return new OutcomeUnknown("the broker did not confirm an event", fault);
    }

    private static Thread thread(Runnable work) {
        return Thread.ofPlatform().daemon().name("event-sender").unstarted(work);
    }

    /** Sends the waiting events and waits for their confirmation, at most 2 s each. Later events are refused. */
    @Override
    public void close() {
        sender.shutdown();
        try {
            if (!sender.awaitTermination(CLOSE_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                sender.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(CLOSE_PATIENCE);
    }
}
