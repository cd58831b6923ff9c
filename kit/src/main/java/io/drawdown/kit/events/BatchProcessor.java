package io.drawdown.kit.events;

import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.events.EventReader.Decoded;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.time.Backoff;
import io.drawdown.kit.trace.CurrentWork;
import io.drawdown.kit.trace.Span;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hands batches of records to a core. One bad record neither blocks nor loses the others:
 *
 * <ul>
 *   <li>a record that can never be read goes to the dead letters alone;
 *   <li>a transient fault holds the partition: the whole batch is handed over again, after a back-off, until it
 *       succeeds;
 *   <li>if a batch fails otherwise, its values are handed over one by one, and those that still fail go to the
 *       dead letters;
 *   <li>a dead letter that cannot be written holds the partition, whatever the fault, so nothing is lost.
 * </ul>
 *
 * <p>A core may therefore see the same value again, and must tolerate that.
 */
public final class BatchProcessor<T> {

    private static final Logger LOG = Logger.getLogger(BatchProcessor.class);

    /** From 200 ms up to 5 s. */
    private static final Backoff RETRY = new Backoff(Duration.ofMillis(400), Duration.ofSeconds(5));

    private final EventReader<T> reader;
    private final Function<List<Received<T>>, Uni<List<Rejection>>> handler;
    private final FaultHandling faults;

    /**
     * @param handler takes values in the order of their partitions, and returns the entries that can never be applied
     */
    public BatchProcessor(
            EventReader<T> reader, Function<List<Received<T>>, Uni<List<Rejection>>> handler, FaultHandling faults) {
        this.reader = reader;
        this.handler = handler;
        this.faults = faults;
    }

    /**
     * Reads the records on the calling thread, then hands over their values. Completes when all of them are dealt
     * with; never fails.
     */
    public Uni<Void> process(List<RawRecord> records) {
        List<RawRecord> readable = new ArrayList<>();
        List<Received<T>> values = new ArrayList<>();
        List<Span> spans = new ArrayList<>();
        List<Uni<Void>> aside = new ArrayList<>();
        for (RawRecord record : records) {
            switch (reader.read(record)) {
                case Decoded.Readable<T>(T data) -> {
                    readable.add(record);
                    TraceContext trace = record.trace();
                    Span span = trace == null ? Span.NONE : faults.spans().startProcess(record.topic(), trace);
                    spans.add(span);
                    TraceContext own = span.contextOr(trace);
                    values.add(new Received<>(data, own));
                    tell(record, own);
                }
                case Decoded.Foreign<T> foreign -> LOG.debugf("Event skipped: type=%s", foreign.type());
                case Decoded.Unreadable<T>(String reason) -> aside.add(setAside(record, reason));
            }
        }
        return inOrder(aside)
                .chain(() -> values.isEmpty() ? Uni.createFrom().voidItem() : apply(values, readable))
                .onTermination()
                .invoke(() -> spans.forEach(Span::end));
    }

    private static void tell(RawRecord record, @Nullable TraceContext trace) {
        if (LOG.isDebugEnabled()) {
            CurrentWork.within(
                    trace, () -> LOG.debugf("Event received: place=%s key=%s", record.place(), record.key()));
        }
    }

    private Uni<Void> apply(List<Received<T>> values, List<RawRecord> records) {
        return handled(values).onFailure().recoverWithUni(fault -> {
            LOG.errorf(fault, "Batch failed, handing over its values one by one: values=%d", values.size());
            List<Uni<Void>> each = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                each.add(alone(values.get(i), records.get(i)));
            }
            return inOrder(each);
        });
    }

    private Uni<Void> alone(Received<T> value, RawRecord record) {
        return handled(List.of(value)).onFailure().recoverWithUni(fault -> setAside(record, fault.toString()));
    }

    private Uni<Void> setAside(RawRecord record, String reason) {
        CurrentWork work = new CurrentWork(record.trace(), null);
        return retried(() -> work.call(() -> faults.deadLetters().unreadable(record, reason)), fault -> true);
    }

    private Uni<Void> handled(List<Received<T>> values) {
        return retried(() -> handler.apply(values), BatchProcessor::isTransient).chain(rejections -> {
            List<Uni<Void>> letters = rejections.stream()
                    .map(each -> retried(() -> faults.deadLetters().rejected(each), BatchProcessor::isTransient))
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

    /** Repeats the attempt until it succeeds or fails with a fault that is not transient. */
    private <R> Uni<R> retried(Supplier<Uni<? extends R>> attempt, Predicate<Throwable> passes) {
        return Uni.createFrom().deferred(() -> {
            AtomicInteger failures = new AtomicInteger();
            return Uni.createFrom()
                    .deferred(attempt)
                    .onFailure(passes)
                    .invoke(fault -> LOG.warnf("Batch held up, trying again: fault=%s", fault.getMessage()))
                    .onFailure(passes)
                    .retry()
                    .when(failed -> failed.onItem()
                            .transformToUniAndConcatenate(
                                    fault -> paused(RETRY.delay(failures.getAndIncrement(), faults.random()), fault)));
        });
    }

    /**
     * A pause fails only if this process stops. Then the batch stays as it is: it is not acknowledged, so the next owner of
     * its partition gets it.
     */
    private Uni<Throwable> paused(Duration pause, Throwable fault) {
        return Uni.createFrom()
                .deferred(() -> faults.pause().apply(pause))
                .onFailure()
                .recoverWithUni(Uni.createFrom().nothing())
                .replaceWith(fault);
    }

    private static boolean isTransient(Throwable fault) {
        return fault instanceof Unavailable || fault instanceof OutcomeUnknown;
    }
}
