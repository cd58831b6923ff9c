package io.drawdown.tasks.task;

import io.drawdown.contracts.TaskEvent;
import io.drawdown.tasks.task.Keys.Order;
import io.drawdown.tasks.task.TaskState.Cancelled;
import io.drawdown.tasks.task.TaskState.Completed;
import io.drawdown.tasks.task.TaskState.Dead;
import io.drawdown.tasks.task.TaskState.Failed;
import io.drawdown.tasks.task.TaskState.Letter;
import io.drawdown.tasks.task.TaskState.Pending;
import io.drawdown.tasks.task.TaskState.Processing;
import io.drawdown.tasks.task.TaskState.Terminal;
import io.drawdown.tasks.task.TaskState.Waiting;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The rules on the document by which a task is over, and by which its next life begins. Whether it is over was decided
 * before, by the outcome of its handler ({@link Runs}), by a person or by a deadline.
 */
public final class Ends {

    private Ends() {}

    /** A waiting task is cancelled at once; the worker of a running one is asked to stop it. */
    public static TaskDocument cancel(TaskDocument task, Policy policy, Instant now) {
        if (task.state() instanceof Processing run) {
            return task.with(run.cancelAsked(now.plus(Leases.CANCEL_GRACE)));
        }
        task.in(Waiting.class);
        return cancelled(task, policy, now);
    }

    /** Its deadline passed before it was started. */
    public static TaskDocument expire(TaskDocument task, Policy policy, Instant now) {
        task.in(Waiting.class);
        return failed(task, TaskFailure.of(Reason.EXPIRED), policy, now);
    }

    /**
     * The next life of a task that is over. Its keys are taken again in the same write.
     *
     * @param order its new place among the tasks of its order key; null if it has none
     */
    public static TaskDocument revive(TaskDocument task, @Nullable Order order, Instant now) {
        task.in(Terminal.class);
        TaskDocument anew = task.with(Keys.of(task.spec().uniqueHash(), order))
                .with(task.counters().nextLife())
                .with(task.runHistory().anew());
        return anew.with(new Pending(order == null ? anew.readyAt(now) : null, null))
                .event(TaskEvent.Type.QUEUED, now, null);
    }

    /** Its result has been kept for as long as was asked for. */
    public static TaskDocument dropResult(TaskDocument task) {
        Completed completed = task.in(Completed.class);
        return task.with(new Completed(completed.at(), completed.removeAt(), null, null));
    }

    static TaskDocument completed(TaskDocument task, String result, Policy policy, Instant now) {
        Policy own = policy.with(task.spec().terms());
        Completed end = new Completed(now, removeAt(task, policy, now), result, now.plus(own.resultTtl()));
        return over(task, end, TaskEvent.Type.COMPLETED, null);
    }

    static TaskDocument failed(TaskDocument task, TaskFailure failure, Policy policy, Instant now) {
        return over(task, new Failed(now, removeAt(task, policy, now), failure), TaskEvent.Type.FAILED, failure);
    }

    static TaskDocument dead(TaskDocument task, TaskFailure failure, Policy policy, Instant now) {
        String type = task.spec().type();
        Letter letter = Letter.of(Fingerprint.of(type, failure), type, now, task.id());
        Dead end = new Dead(now, removeAt(task, policy, now), failure, letter);
        return over(task, end, TaskEvent.Type.DEAD_LETTERED, failure);
    }

    static TaskDocument cancelled(TaskDocument task, Policy policy, Instant now) {
        return over(task, new Cancelled(now, removeAt(task, policy, now)), TaskEvent.Type.CANCELLED, null);
    }

    /** All its keys leave with the state that ends it. */
    private static TaskDocument over(
            TaskDocument task, Terminal end, TaskEvent.Type type, @Nullable TaskFailure failure) {
        return task.with(end).event(type, end.at(), failure).with((Keys) null);
    }

    private static Instant removeAt(TaskDocument task, Policy policy, Instant now) {
        return policy.with(task.spec().terms()).removeAt(task.spec(), now);
    }
}
