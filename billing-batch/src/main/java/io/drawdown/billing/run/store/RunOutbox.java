package io.drawdown.billing.run.store;

import io.drawdown.billing.run.ProcessRun;
import io.drawdown.billing.run.ProcessState;
import io.drawdown.billing.run.RunDocument;
import io.drawdown.billing.run.RunState;
import io.drawdown.contracts.BatchRunEvent;
import io.drawdown.contracts.BatchRunEvent.ProcessResult;
import io.drawdown.contracts.Service;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.outbox.Destination;
import io.drawdown.kit.outbox.Relay;
import io.drawdown.kit.outbox.RelayLimits;
import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Publishes the event of each run that is over, at least once. The document of the run is the event until it is published; a sweep
 * finds what a crash left behind.
 */
public final class RunOutbox implements Destination<BatchRunEvent> {

    private static final Duration SWEEP = Duration.ofSeconds(5);

    /** Whoever ended it publishes it within this time. */
    private static final Duration FRESH = Duration.ofSeconds(4);

    private static final int MOST_SWEPT = 100;

    /** The only event of a run. */
    private static final long SEQ = 1;

    private final RunStore store;
    private final EventPublisher publisher;
    private final Time time;
    private final Relay<BatchRunEvent> relay;
    private final PeriodicTask sweeps;

    public RunOutbox(RunStore store, EventPublisher publisher, Time time, Scheduler scheduler, RandomGenerator random) {
        this.store = store;
        this.publisher = publisher;
        this.time = time;
        relay = new Relay<>(this, scheduler, RelayLimits.OF_ONE_OWNER, random);
        sweeps = PeriodicTask.of("look for unsent events of runs", scheduler, SWEEP, this::sweep);
    }

    public void start() {
        sweeps.startNow();
    }

    /** Publishes at once what is left, and looks for no more. */
    public void finish() {
        sweeps.stop();
        relay.finish();
    }

    public boolean isDrained() {
        return relay.aggregates() == 0;
    }

    public int backlog() {
        return relay.backlog();
    }

    /** Publishes the event of a run, if that is due. */
    public void offer(RunDocument run) {
        if (run.pending() != null && run.state() instanceof RunState.Ended ended) {
            relay.offer(run.id(), List.of(eventOf(run, ended)));
        }
    }

    private Uni<Void> sweep() {
        return store.unsent(time.now().minus(FRESH), MOST_SWEPT)
                .invoke(found -> found.forEach(this::offer))
                .replaceWithVoid();
    }

    @Override
    public long seq(BatchRunEvent event) {
        return event.seq();
    }

    @Override
    public Uni<Set<String>> record(Map<String, List<BatchRunEvent>> events) {
        return Uni.createFrom().item(Set.of());
    }

    @Override
    public Uni<Integer> publish(String runId, List<BatchRunEvent> events) {
        return publisher.publishInOrder(
                Topic.BILLING_RUN, events.stream().map(RunOutbox::cloudEvent).toList());
    }

    @Override
    public Uni<Map<String, List<BatchRunEvent>>> trim(Map<String, Long> drainedTo) {
        return store.published(drainedTo.keySet()).replaceWith(Map.<String, List<BatchRunEvent>>of());
    }

    private static CloudEvent cloudEvent(BatchRunEvent event) {
        return new CloudEvent(
                event.id(),
                BatchRunEvent.EVENT_TYPE,
                Service.BILLING_BATCH.serviceName(),
                event.runId(),
                event.endedAt(),
                event.runId(),
                Json.bytes(event));
    }

    private static BatchRunEvent eventOf(RunDocument run, RunState.Ended ended) {
        return new BatchRunEvent(
                run.id(),
                SEQ,
                run.order().trigger(),
                ended.isSuccess(),
                run.runner().isLate(),
                run.runner().takeovers(),
                run.startedAt(),
                ended.endedAt(),
                run.processes().stream().flatMap(RunOutbox::resultOf).toList());
    }

    private static Stream<ProcessResult> resultOf(ProcessRun run) {
        return run.state() instanceof ProcessState.Over over
                ? Stream.of(new ProcessResult(
                        run.process(),
                        over.ending().state(),
                        over.ending().reason(),
                        over.durationMillis(),
                        run.figures().counts()))
                : Stream.of();
    }
}
