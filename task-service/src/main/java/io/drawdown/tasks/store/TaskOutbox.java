package io.drawdown.tasks.store;

import io.drawdown.contracts.TaskEvent;
import io.drawdown.contracts.Topic;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.outbox.Destination;
import io.drawdown.kit.outbox.Relay;
import io.drawdown.kit.outbox.RelayLimits;
import io.drawdown.kit.time.ResettableTimer;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskEntry;
import io.drawdown.tasks.task.TaskFailure;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the events in the tasks' documents, in order per task, at least once, and wakes the next task of an order key. The
 * document keeps everything; {@code UnsentEvents} finds what a crash left unpublished.
 *
 * <p>The events of a task that goes on wait a moment for those that follow: those of a short task leave together.
 */
public final class TaskOutbox implements Destination<TaskOutbox.Outgoing> {

    private static final Logger LOG = Logger.getLogger(TaskOutbox.class);

    public static final String SOURCE = "task-service";

    private static final Duration GATHER = Duration.ofMillis(50);

    private final TaskStore store;
    private final EventPublisher publisher;
    private final Wake wake;
    private final Relay<Outgoing> relay;
    private final Map<String, TaskDocument> gathered = new LinkedHashMap<>();
    private final ResettableTimer gathering;
    private boolean finishing;
    private boolean isRefused;
    private boolean isAway;

    /** Tells the next task of an order key that it may run. */
    public interface Wake {

        /**
         * May be repeated. Fails if it cannot say which task is the next.
         *
         * @param cause the task with this key whose event this is
         */
        Uni<Void> next(String orderHash, String cause);
    }

    /** An event with the context of the request that caused it. */
    public record Outgoing(
            TaskEvent event,
            @Nullable TraceContext trace,
            @Nullable String wakes) {

        private static Outgoing of(TaskDocument task, TaskEntry entry) {
            @Nullable TaskFailure failure = entry.failure();
            TaskEvent event = new TaskEvent(
                    entry.type(),
                    task.id(),
                    entry.seq(),
                    task.spec().type(),
                    task.spec().tenant(),
                    task.spec().accountId(),
                    task.spec().tags().isEmpty() ? null : task.spec().tags(),
                    entry.life(),
                    entry.attempt(),
                    entry.at(),
                    failure == null ? null : failure.reason().word(),
                    failure == null ? null : failure.error(),
                    failure == null ? null : failure.message());
            return new Outgoing(event, task.spec().sender().trace(), entry.wakes());
        }
    }

    public TaskOutbox(
            TaskStore store, EventPublisher publisher, Wake wake, Scheduler scheduler, RandomGenerator random) {
        this.store = store;
        this.publisher = publisher;
        this.wake = wake;
        this.relay = new Relay<>(this, scheduler, RelayLimits.OF_ONE_OWNER, random);
        this.gathering = new ResettableTimer(scheduler);
    }

    /** From now on events are published and trimmed at once. */
    public void finish() {
        finishing = true;
        offerGathered();
        relay.finish();
    }

    /** Whether everything is published and gone from the documents. */
    public boolean isDrained() {
        return gathered.isEmpty() && relay.aggregates() == 0;
    }

    public int backlog() {
        return relay.backlog() + gathered.size();
    }

    /** The broker went away, or is back; it is taken to be there at the start. */
    public void brokerIsThere(boolean isThere) {
        isAway = !isThere;
    }

    /** Whether the broker is away, or did not take what was sent to it last: then events wait. */
    public boolean isStalled() {
        return isAway || isRefused;
    }

    public long drainedTo(String taskId) {
        return relay.drainedTo(taskId);
    }

    /** Sends what is not published of a document as it is stored. */
    public void offer(TaskDocument stored) {
        List<TaskEntry> unsent = stored.outbox().unsent();
        if (stored.isOver() || finishing || unsent.stream().anyMatch(entry -> entry.wakes() != null)) {
            gathered.remove(stored.id());
            send(stored);
        } else if (!unsent.isEmpty()) {
            gathered.put(stored.id(), stored);
            if (!gathering.isSet()) {
                gathering.set(GATHER, this::offerGathered);
            }
        }
    }

    private void offerGathered() {
        List<TaskDocument> ready = List.copyOf(gathered.values());
        gathered.clear();
        ready.forEach(this::send);
    }

    /**
     * Sends what is not published of a document as it is stored, and waits for nothing that may follow. Tasks that may run now are
     * woken at once, too: the broker may be away. The outbox makes sure that it happens.
     */
    public void send(TaskDocument stored) {
        List<Outgoing> unsent = stored.outbox().unsent().stream()
                .map(entry -> Outgoing.of(stored, entry))
                .toList();
        relay.offer(stored.id(), unsent);
        wakeAll(unsent).subscribe().with(done -> {}, fault -> LOG.debugf("Not woken yet: fault=%s", fault));
    }

    @Override
    public long seq(Outgoing item) {
        return item.event().seq();
    }

    @Override
    public Uni<Set<String>> record(Map<String, List<Outgoing>> items) {
        return Uni.createFrom().item(Set.of());
    }

    @Override
    public Uni<Integer> publish(String taskId, List<Outgoing> items) {
        List<CloudEvent> events = items.stream().map(TaskOutbox::eventOf).toList();
        return publisher
                .publishInOrder(Topic.TASK_LIFECYCLE, events)
                .onItemOrFailure()
                .invoke((count, fault) -> isRefused = fault != null)
                .chain(count -> wakeAll(items.subList(0, count)).replaceWith(count));
    }

    /** If one fails, all are published again, which changes nothing. */
    private Uni<Void> wakeAll(List<Outgoing> published) {
        return Multi.createFrom()
                .iterable(
                        published.stream().filter(item -> item.wakes() != null).toList())
                .onItem()
                .transformToUniAndConcatenate(this::wake)
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Void> wake(Outgoing item) {
        return wake.next(Objects.requireNonNull(item.wakes()), item.event().taskId());
    }

    private static CloudEvent eventOf(Outgoing item) {
        TaskEvent event = item.event();
        CloudEvent cloudEvent = new CloudEvent(
                event.id(),
                event.type().eventType(),
                SOURCE,
                event.taskId(),
                event.at(),
                event.taskId(),
                Json.bytes(event));
        return cloudEvent.causedBy(item.trace());
    }

    @Override
    public Uni<Map<String, List<Outgoing>>> trim(Map<String, Long> drainedTo) {
        return store.trim(drainedTo).replaceWith(Map.<String, List<Outgoing>>of());
    }
}
