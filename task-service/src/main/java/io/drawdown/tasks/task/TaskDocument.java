package io.drawdown.tasks.task;

import io.drawdown.contracts.TaskEvent;
import io.drawdown.kit.store.GuardedDocument;
import io.drawdown.tasks.task.Keys.Lease;
import io.drawdown.tasks.task.Keys.Order;
import io.drawdown.tasks.task.TaskState.Completed;
import io.drawdown.tasks.task.TaskState.Pending;
import io.drawdown.tasks.task.TaskState.Processing;
import io.drawdown.tasks.task.TaskState.Ready;
import io.drawdown.tasks.task.TaskState.Terminal;
import io.drawdown.tasks.task.TaskState.Waiting;
import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * One task as stored: replaced as a whole, guarded by {@code revision.rev}. Whatever a change causes is in the same write: the
 * result with the terminal state, the event in the outbox, the keys that it takes or gives back. {@link Waits}, {@link Runs} and
 * {@link Ends} hold every change; each gives the next document, and fails loudly in a state that it does not expect.
 *
 * @param keys absent if it holds none
 * @param history absent until an attempt has left something
 */
@MongoEntity(collection = "tasks")
public record TaskDocument(
        @BsonId String id,
        Revision revision,
        Spec spec,
        TaskState state,
        @Nullable Keys keys,
        Counters counters,
        @Nullable RunHistory history,
        Outbox outbox)
        implements GuardedDocument {

    public static final int SCHEMA = 1;

    /** What a task takes beside what its sender and its handler put into it. */
    private static final int FRAME_BYTES = 600;

    /**
     * Which write this is.
     *
     * @param rev one more with every replacement
     * @param writeId random per write; tells a writer whose outcome is unknown whether it was its own
     * @param schema of the stored document
     */
    public record Revision(long rev, String writeId, int schema) {}

    @Override
    public long rev() {
        return revision.rev();
    }

    @Override
    public String writeId() {
        return revision.writeId();
    }

    /** Whether a worker may claim it now. */
    public boolean isReady() {
        return state instanceof Pending pending && pending.ready() != null;
    }

    /** Whether its deadline has passed and it was never started. */
    public boolean isExpired(Instant now) {
        return state instanceof Waiting waiting
                && waiting.expiresAt() != null
                && !waiting.expiresAt().isAfter(now);
    }

    public boolean isWaiting() {
        return state instanceof Waiting;
    }

    public boolean isOver() {
        return state instanceof Terminal;
    }

    /** Whether that worker has run it since the claim with that fence. */
    public boolean isRun(String owner, long fence) {
        return state instanceof Processing run && run.owner().equals(owner) && counters.fence() == fence;
    }

    /** Whether it may be what killed its workers. */
    public boolean isSuspect() {
        return counters.isSuspect();
    }

    /** About how many bytes it takes, as JSON or BSON. */
    public int bytes() {
        int steps = runHistory().doneSteps().values().stream()
                .mapToInt(String::length)
                .sum();
        int result = state instanceof Completed completed && completed.result() != null
                ? completed.result().length()
                : 0;
        return FRAME_BYTES + spec.payload().length() + steps + result;
    }

    public boolean isCancelAsked() {
        return state instanceof Processing run && run.isCancelAsked();
    }

    public @Nullable Order order() {
        return keys == null ? null : keys.order();
    }

    /** What its lease by a worker elsewhere holds; null if that is nothing. */
    public @Nullable Lease lease() {
        return keys == null ? null : keys.lease();
    }

    public RunHistory runHistory() {
        return history == null ? RunHistory.NONE : history;
    }

    /** The workers of its latest crashes, which the verdict is about. */
    public List<String> crashedWorkers() {
        List<String> crashed = runHistory().pastAttempts().stream()
                .filter(Attempt::crashed)
                .map(Attempt::worker)
                .toList();
        return crashed.subList(Math.max(0, crashed.size() - counters.crashes()), crashed.size());
    }

    /** How many of its latest crashes were of these workers. */
    public int crashesOf(Collection<String> workers) {
        return Math.toIntExact(
                crashedWorkers().stream().filter(workers::contains).count());
    }

    /** As it is written to the store: with the next revision, and without the events that are published. */
    public TaskDocument written(String newWriteId, long drainedTo) {
        Revision next = new Revision(revision.rev() + 1, newWriteId, revision.schema());
        return new TaskDocument(id, next, spec, state, keys, counters, history, outbox.trimmed(drainedTo));
    }

    /** As it is in the store once the events up to that seq are removed. */
    public TaskDocument trimmed(long drainedTo) {
        return new TaskDocument(id, revision, spec, state, keys, counters, history, outbox.trimmed(drainedTo));
    }

    Ready readyAt(Instant at) {
        return new Ready(Ready.queueOf(spec.type(), isSuspect()), spec.lane(), spec.tenant(), at);
    }

    /**
     * With one more event. It wakes the next task of its order key, unless the task itself goes on.
     *
     * @param failure what led to it, if anything did
     */
    TaskDocument event(TaskEvent.Type type, Instant at, @Nullable TaskFailure failure) {
        TaskEntry entry =
                new TaskEntry(outbox.seq() + 1, type, at, counters.life(), counters.runs(), failure, wokenOrderKey());
        return new TaskDocument(id, revision, spec, state, keys, counters, history, outbox.with(entry));
    }

    private @Nullable String wokenOrderKey() {
        Order order = order();
        boolean isBlocked = state instanceof Pending pending && pending.ready() == null;
        return order != null && (isBlocked || isOver()) ? order.key() : null;
    }

    TaskDocument with(TaskState next) {
        return new TaskDocument(id, revision, spec, next, keys, counters, history, outbox);
    }

    TaskDocument with(@Nullable Keys next) {
        return new TaskDocument(id, revision, spec, state, next, counters, history, outbox);
    }

    TaskDocument with(Counters next) {
        return new TaskDocument(id, revision, spec, state, keys, next, history, outbox);
    }

    TaskDocument with(RunHistory next) {
        return new TaskDocument(id, revision, spec, state, keys, counters, next, outbox);
    }

    <S extends TaskState> S in(Class<S> expected) {
        if (!expected.isInstance(state)) {
            throw new IllegalStateException("task " + id + " is " + state.name() + ", not " + expected.getSimpleName());
        }
        return expected.cast(state);
    }
}
