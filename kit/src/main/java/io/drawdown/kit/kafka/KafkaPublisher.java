package io.drawdown.kit.kafka;

import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.kafka.RecordsInOrder.Outcome;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Publishes through a Kafka producer. The producer may block while the broker is away, so it has a thread of its
 * own; events wait for that thread in a bounded queue, in order.
 *
 * <p>Events in order are sent without waiting for each other. An idempotent producer stores what it sends to a partition in
 * order, but goes on with the next batch after one has failed for good. So then the producer is closed at once, before it
 * sends any more, and another takes its place. What it had under way fails too, and is published again.
 */
public final class KafkaPublisher implements EventPublisher, AutoCloseable {

    private static final int MOST_WAITING = 10_000;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final Supplier<Producer<String, byte[]>> producers;
    private final TopicNames names;
    private final Executor completions;
    private final ThreadPoolExecutor sender;

    private volatile @Nullable Producer<String, byte[]> producer;

    /**
     * @param producers makes an idempotent producer, the first one at once
     * @param completions where answers arrive: the core's thread
     */
    public KafkaPublisher(Supplier<Producer<String, byte[]>> producers, TopicNames names, Executor completions) {
        this.producers = producers;
        this.producer = producers.get();
        this.names = names;
        this.completions = completions;
        this.sender = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), KafkaPublisher::thread);
    }

    @Override
    public Uni<Void> publish(Topic topic, CloudEvent event) {
        return send(record(topic, event));
    }

    @Override
    public Uni<Integer> publishInOrder(Topic topic, List<CloudEvent> events) {
        return send(events.stream().map(event -> record(topic, event)).toList());
    }

    private ProducerRecord<String, byte[]> record(Topic topic, CloudEvent event) {
        return new ProducerRecord<>(names.of(topic), event.partition(), event.key(), event.data(), event.headers());
    }

    /** Publishes a record unchanged, with the promises of {@link #publish}. */
    Uni<Void> send(ProducerRecord<String, byte[]> message) {
        return send(List.of(message)).replaceWithVoid();
    }

    private Uni<Integer> send(List<ProducerRecord<String, byte[]>> messages) {
        return Uni.createFrom().emitter(emitter -> enqueue(new RecordsInOrder(messages), emitter));
    }

    private void enqueue(RecordsInOrder messages, UniEmitter<? super Integer> emitter) {
        try {
            sender.execute(() -> hand(messages, emitter));
        } catch (RejectedExecutionException e) {
            String why = sender.isShutdown() ? "nothing is published any more" : "too many events wait for the broker";
            complete(emitter, new Outcome(0, new Unavailable(why, e)));
        }
    }

    private void hand(RecordsInOrder messages, UniEmitter<? super Integer> emitter) {
        OptionalInt place = messages.next();
        while (place.isPresent()) {
            send(messages, place.getAsInt(), emitter);
            place = messages.next();
        }
    }

    private void send(RecordsInOrder messages, int place, UniEmitter<? super Integer> emitter) {
        try {
            Producer<String, byte[]> used = producer();
            var unused = used.send(messages.at(place), (metadata, fault) -> {
                if (fault == null) {
                    messages.stored(place);
                } else if (messages.failed(place, unknown(fault))) {
                    retire(used);
                }
                messages.outcome().ifPresent(outcome -> complete(emitter, outcome));
            });
        } catch (RuntimeException e) { // whatever the fault is, the caller gets an answer
            messages.failed(place, new Unavailable("the broker did not take an event", e));
            messages.outcome().ifPresent(outcome -> complete(emitter, outcome));
        }
    }

    private Producer<String, byte[]> producer() {
        Producer<String, byte[]> current = producer;
        if (current == null) {
            current = producers.get();
            producer = current;
        }
        return current;
    }

    /** On the producer's own thread, so that it sends nothing after the failure that it has just told. */
    private void retire(Producer<String, byte[]> failed) {
        if (producer == failed) {
            producer = null;
        }
        failed.close(Duration.ZERO);
    }

    private void complete(UniEmitter<? super Integer> emitter, Outcome outcome) {
        completions.execute(() -> {
            if (outcome.stored() > 0 || outcome.fault() == null) {
                emitter.complete(outcome.stored());
            } else {
                emitter.fail(outcome.fault());
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
        Producer<String, byte[]> last = producer;
        if (last != null) {
            last.close(CLOSE_PATIENCE);
        }
    }
}
