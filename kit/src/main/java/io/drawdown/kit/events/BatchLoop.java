package io.drawdown.kit.events;

import io.drawdown.kit.events.EventReader.Decoded;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Carries batches from a channel to a core. One bad record neither blocks nor loses the others:
 *
 * <ul>
 *   <li>what can never be read goes to the dead letters alone;
 *   <li>a transient fault holds the partition: the whole batch is handed over again, with jitter, until it succeeds;
 *   <li>a batch that fails otherwise is handed over value by value; the one that still fails goes to the dead letters;
 *   <li>the batch is acknowledged last.
 * </ul>
 *
 * A core therefore sees values again; it must not mind.
 */
public final class BatchLoop<T> {

    private static final Logger LOG = Logger.getLogger(BatchLoop.class);
    private static final Duration LEAST_PAUSE = Duration.ofMillis(200);
    private static final Duration GREATEST_PAUSE = Duration.ofSeconds(5);
    private static final double JITTER = 0.5;

    private final EventReader<T> reader;
    private final Function<List<T>, Uni<List<Rejection>>> handler;
    private final DeadLetters deadLetters;

    /** @param handler takes values in the order of their partitions; says which entries can never be applied */
    public BatchLoop(EventReader<T> reader, Function<List<T>, Uni<List<Rejection>>> handler, DeadLetters deadLetters) {
        this.reader = reader;
        this.handler = handler;
        this.deadLetters = deadLetters;
    }

    /** Never fails; completes when the batch is done with and acknowledged. */
    public Uni<Void> process(KafkaRecordBatch<String, byte[]> batch) {
        List<RawRecord> readable = new ArrayList<>();
        List<T> values = new ArrayList<>();
        List<Uni<Void>> aside = new ArrayList<>();
        for (KafkaRecord<String, byte[]> each : batch.getRecords()) {
            RawRecord record = RawRecord.of(each);
            switch (reader.read(record)) {
                case Decoded.Readable<T>(T data) -> {
                    readable.add(record);
                    values.add(data);
                }
                case Decoded.Foreign<T> foreign -> LOG.debugf("Event not for us: type=%s", foreign.type());
                case Decoded.Unreadable<T>(String reason) ->
                    aside.add(retried(Uni.createFrom().deferred(() -> deadLetters.unreadable(record, reason))));
            }
        }
        return inOrder(aside)
                .chain(() -> values.isEmpty() ? Uni.createFrom().voidItem() : apply(values, readable))
                .chain(() -> Uni.createFrom().completionStage(batch::ack));
    }

    private Uni<Void> apply(List<T> values, List<RawRecord> records) {
        return handled(values).onFailure().recoverWithUni(fault -> {
            LOG.errorf(fault, "Batch failed, now one value after the other: values=%d", values.size());
            List<Uni<Void>> each = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                each.add(alone(values.get(i), records.get(i)));
            }
            return inOrder(each);
        });
    }

    private Uni<Void> alone(T value, RawRecord record) {
        return handled(List.of(value))
                .onFailure()
                .recoverWithUni(fault ->
                        retried(Uni.createFrom().deferred(() -> deadLetters.unreadable(record, fault.toString()))));
    }

    private Uni<Void> handled(List<T> values) {
        return retried(Uni.createFrom().deferred(() -> handler.apply(values))).chain(rejections -> {
            List<Uni<Void>> letters = rejections.stream()
                    .map(each -> retried(Uni.createFrom().deferred(() -> deadLetters.rejected(each))))
                    .toList();
            return inOrder(letters);
        });
    }

    private static Uni<Void> inOrder(List<Uni<Void>> steps) {
        return Multi.createFrom()
                .iterable(steps)
                .onItem()
                .transformToUniAndConcatenate(step -> step)
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private static <R> Uni<R> retried(Uni<R> attempt) {
        return attempt.onFailure(BatchLoop::isTransient)
                .invoke(fault -> LOG.warnf("Held up, trying again: %s", fault.getMessage()))
                .onFailure(BatchLoop::isTransient)
                .retry()
                .withBackOff(LEAST_PAUSE, GREATEST_PAUSE)
                .withJitter(JITTER)
                .indefinitely();
    }

    private static boolean isTransient(Throwable fault) {
        return fault instanceof Unavailable || fault instanceof OutcomeUnknown;
    }
}
