package io.drawdown.kit.kafka;

import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.kafka.RecordsInOrder.Outcome;
import io.drawdown.kit.trace.CurrentWork;
import io.drawdown.kit.trace.Span;
import io.drawdown.kit.trace.Spans;
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
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Publishes through a Kafka producer. The producer may block while the broker is away, so it has a thread of its
 * own; events wait for that thread in a bounded queue, in order.
 *
 * <p>Events in order are sent without waiting for each other. A producer with one request under way stores what it sends to a
 * partition in order, but goes on with the next batch after one has failed for good. So then the producer is closed at once,
 * before it sends any more, and another takes its place. Whatever it had under way fails too, also what is for other
 * partitions, and is published again.
 */
public final class KafkaPublisher implements EventPublisher, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(KafkaPublisher.class);
    private static final String ENDED = "nothing is published any more";
    private static final int MOST_WAITING = 10_000;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final Supplier<Producer<String, byte[]>> producers;
    private final TopicNames names;
    private final Executor completions;
    private final Spans spans;
    private final ThreadPoolExecutor sender;

    private @Nullable Producer<String, byte[]> producer;
    private boolean isClosed;

    /**
     * @param producers makes a producer with at most one request under way to each broker, the first one at once
     * @param completions where answers arrive: the core's thread
     * @param spans a span is started for each event that is in a trace
     */
    public KafkaPublisher(
            Supplier<Producer<String, byte[]>> producers, TopicNames names, Executor completions, Spans spans) {
        this.producers = producers;
        this.producer = producers.get();
        this.names = names;
        this.completions = completions;
        this.spans = spans;
        this.sender = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), KafkaPublisher::thread);
    }

    @Override
    public Uni<Void> publish(Topic topic, CloudEvent event) {
        if (event.about().isEmpty()) {
            return startSend(topic, event).around(send(record(topic, event))).invoke(() -> tellSent(event));
        }
        Span span = spans.startSend(names.of(topic), null, event.about());
        CloudEvent caused = event.causedBy(span.contextOr(event.trace()));
        return span.around(send(record(topic, caused))).invoke(() -> tellSent(caused));
    }

    @Override
    public Uni<Integer> publishInOrder(Topic topic, List<CloudEvent> events) {
        Uni<Integer> sent =
                send(events.stream().map(event -> record(topic, event)).toList());
        if (spans.isOn()) {
            for (CloudEvent event : events) {
                sent = startSend(topic, event).around(sent);
            }
        }
        return LOG.isDebugEnabled()
                ? sent.invoke(stored -> events.subList(0, stored).forEach(KafkaPublisher::tellSent))
                : sent;
    }

    private static void tellSent(CloudEvent event) {
        if (LOG.isDebugEnabled()) {
            CurrentWork.within(event.trace(), () -> LOG.debugf("Event sent: type=%s id=%s", event.type(), event.id()));
        }
    }

    private Span startSend(Topic topic, CloudEvent event) {
        return event.trace() == null || !spans.isOn()
                ? Span.NONE
                : spans.startSend(names.of(topic), event.trace(), List.of());
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
            sender.execute(new Waiting(messages, emitter));
        } catch (RejectedExecutionException e) {
            refuse(emitter, sender.isShutdown() ? ENDED : "too many events wait for the broker");
        }
    }

    private void refuse(UniEmitter<? super Integer> emitter, String why) {
        complete(emitter, new Outcome(0, new Unavailable(why)));
    }

    /** A call that waits for the sender's thread. */
    private final class Waiting implements Runnable {

        private final RecordsInOrder messages;
        private final UniEmitter<? super Integer> emitter;

        Waiting(RecordsInOrder messages, UniEmitter<? super Integer> emitter) {
            this.messages = messages;
            this.emitter = emitter;
        }

        /** All through one producer: through another one, a later record could be stored although an earlier one fails. */
        @Override
        public void run() {
            try {
                Producer<String, byte[]> one = producer();
                for (OptionalInt place = messages.next(); place.isPresent(); place = messages.next()) {
                    send(one, place.getAsInt());
                }
            } catch (RuntimeException e) { // of the making of a producer
                refuse(emitter, "there is no connection to the broker: " + e.getMessage());
            }
        }

        private void send(Producer<String, byte[]> one, int place) {
            try {
                var unused = one.send(messages.at(place), (metadata, fault) -> answered(one, place, fault));
            } catch (RuntimeException e) { // whatever the fault is, the caller gets an answer
                messages.failed(place, new Unavailable("the broker did not take an event", e));
                tell();
            }
        }

        private void answered(Producer<String, byte[]> one, int place, @Nullable Exception fault) {
            if (fault == null) {
                messages.stored(place);
            } else if (messages.failed(place, unknown(fault))) {
                retire(one);
            }
            tell();
        }

        private void tell() {
            messages.outcome().ifPresent(outcome -> complete(emitter, outcome));
        }
    }

    private synchronized Producer<String, byte[]> producer() {
        if (isClosed) {
            throw new IllegalStateException(ENDED);
        }
        if (producer == null) {
            producer = producers.get();
        }
        return producer;
    }

    /** On the producer's own thread, so that it sends nothing after the failure that it has just told. */
    private void retire(Producer<String, byte[]> failed) {
        if (forget(failed)) {
            failed.close(Duration.ZERO);
        }
    }

    private synchronized boolean forget(Producer<String, byte[]> failed) {
        boolean isUsed = producer == failed;
        producer = isUsed ? null : producer;
        return isUsed;
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
                sender.shutdownNow().forEach(each -> refuse(((Waiting) each).emitter, ENDED));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Producer<String, byte[]> last = last();
        if (last != null) {
            last.close(CLOSE_PATIENCE);
        }
    }

    private synchronized @Nullable Producer<String, byte[]> last() {
        isClosed = true;
        return producer;
    }
}
