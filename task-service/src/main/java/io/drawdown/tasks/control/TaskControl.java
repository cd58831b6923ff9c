package io.drawdown.tasks.control;

import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.store.GuardedWrites.Rule;
import io.drawdown.tasks.enqueue.OrderKeys;
import io.drawdown.tasks.run.ActiveRuns;
import io.drawdown.tasks.run.Claims;
import io.drawdown.tasks.run.RunPorts;
import io.drawdown.tasks.task.Ends;
import io.drawdown.tasks.task.Keys.Order;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Cancelled;
import io.drawdown.tasks.task.TaskState.Cause;
import io.drawdown.tasks.task.TaskState.Completed;
import io.drawdown.tasks.task.TaskState.Dead;
import io.drawdown.tasks.task.TaskState.Failed;
import io.drawdown.tasks.task.TaskState.Pending;
import io.drawdown.tasks.task.TaskState.Processing;
import io.drawdown.tasks.task.TaskState.Scheduled;
import io.drawdown.tasks.task.Waits;
import io.drawdown.tasks.upkeep.DueTasks;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Changes that someone wants. Each is one guarded write, and the answer is the task as it is afterwards. */
public final class TaskControl {

    private final RunPorts ports;
    private final OrderKeys orderKeys;
    private final Claims claims;
    private final ActiveRuns runs;
    private final DueTasks due;
    private final Consumer<TaskDocument> cancelHint;

    /** @param cancelHint tells the worker of this task, elsewhere, that it should be cancelled; may be lost */
    public TaskControl(
            RunPorts ports,
            OrderKeys orderKeys,
            Claims claims,
            ActiveRuns runs,
            DueTasks due,
            Consumer<TaskDocument> cancelHint) {
        this.ports = ports;
        this.orderKeys = orderKeys;
        this.claims = claims;
        this.runs = runs;
        this.due = due;
        this.cancelHint = cancelHint;
    }

    /**
     * A waiting task is cancelled; of a running one the worker is told, and the task shows that. One that is over stays as it
     * is. Empty: there is no such task.
     */
    public Uni<Optional<TaskDocument>> cancel(String id) {
        return change(
                        id,
                        (found, now) ->
                                found.isOver() || found.isCancelAsked() ? null : Ends.cancel(found, policy(found), now))
                .invoke(answer -> answer.filter(TaskDocument::isCancelAsked).ifPresent(this::tellWorker));
    }

    private void tellWorker(TaskDocument task) {
        runs.cancel(task.id());
        cancelHint.accept(task);
    }

    /** What became of a replay. */
    public sealed interface Replay {
        /** Its next life has begun. */
        record Begun(TaskDocument task) implements Replay {}

        /** It is not over, or it is completed, or it was over too late. */
        record NotOver(TaskDocument task) implements Replay {}

        /** Another task has its unique key now. */
        record KeyHeld(TaskDocument holder) implements Replay {}

        /** There is no such task. */
        record NotFound() implements Replay {}
    }

    /** Begins the next life of a task that is dead, failed or cancelled. */
    public Uni<Replay> replay(String id) {
        return replay(id, Instant.MAX);
    }

    /** The same, of a task that was over before that time. */
    public Uni<Replay> replay(String id, Instant before) {
        return ports.store()
                .get(id)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(new Replay.NotFound())
                        : orderKeys.placeOf(found.get().spec()).chain(place -> replay(found.get(), place, before)));
    }

    private Uni<Replay> replay(TaskDocument seen, @Nullable Order place, Instant before) {
        return holderOfKey(seen, before)
                .chain(holder -> holder != null
                        ? Uni.createFrom().item(holder)
                        : revive(seen, place, before)
                                .onFailure(Unavailable.class)
                                .recoverWithUni(fault -> holderOfKey(seen, before)
                                        .onItem()
                                        .ifNull()
                                        .failWith(fault)));
    }

    /** A task that has the unique key of this one meanwhile; null if there is none. */
    private Uni<@Nullable Replay> holderOfKey(TaskDocument seen, Instant before) {
        String unique = seen.spec().uniqueHash();
        return unique == null || !isReplayable(seen, before)
                ? Uni.createFrom().nullItem()
                : ports.store().holderOf(unique).map(holder -> holder.<Replay>map(Replay.KeyHeld::new)
                        .orElse(null));
    }

    private Uni<Replay> revive(TaskDocument seen, @Nullable Order place, Instant before) {
        int life = seen.counters().life();
        return ports.writes()
                .change(
                        seen,
                        (found, now) ->
                                isReplayable(found, before) && found.counters().life() == life
                                        ? Ends.revive(found, place, now)
                                        : null)
                .map(task -> task.counters().life() > life ? begun(task) : new Replay.NotOver(task));
    }

    private Replay begun(TaskDocument task) {
        claims.hint(task);
        return new Replay.Begun(task);
    }

    private static boolean isReplayable(TaskDocument task, Instant before) {
        return switch (task.state()) {
            case Failed failed -> failed.at().isBefore(before);
            case Cancelled cancelled -> cancelled.at().isBefore(before);
            case Dead dead -> dead.at().isBefore(before);
            case Scheduled _, Pending _, Processing _, Completed _ -> false;
        };
    }

    /** A scheduled task becomes due now; any other stays as it is. */
    public Uni<Optional<TaskDocument>> runNow(String id) {
        return change(id, (found, now) -> isForPeople(found) ? Waits.due(found, now) : null)
                .invoke(answer -> answer.ifPresent(claims::hint));
    }

    /** Nobody anticipates a verdict. */
    private static boolean isForPeople(TaskDocument task) {
        return task.state() instanceof Scheduled scheduled && scheduled.cause() != Cause.VERDICT;
    }

    /** Moves a task that waits; any other stays as it is. A task with an order key has no time of its own. */
    public Uni<Optional<TaskDocument>> move(String id, @Nullable Lane lane, @Nullable Instant runAt) {
        return change(
                        id,
                        (found, now) -> found.state() instanceof Pending || isForPeople(found)
                                ? moved(found, lane, runAt)
                                : null)
                .invoke(answer -> answer.ifPresent(claims::hint))
                .invoke(answer -> answer.ifPresent(due::expect));
    }

    private static TaskDocument moved(TaskDocument found, @Nullable Lane lane, @Nullable Instant runAt) {
        TaskDocument inLane = lane == null ? found : Waits.move(found, lane);
        return runAt == null ? inLane : Waits.reschedule(inLane, runAt);
    }

    private Uni<Optional<TaskDocument>> change(String id, Rule<TaskDocument> rule) {
        return ports.store()
                .get(id)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : ports.writes().change(found.get(), rule).map(Optional::of));
    }

    private Policy policy(TaskDocument task) {
        return ports.types().policyOf(task.spec().type());
    }
}
