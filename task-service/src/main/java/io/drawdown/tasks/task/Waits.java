package io.drawdown.tasks.task;

import io.drawdown.contracts.TaskEvent;
import io.drawdown.tasks.task.Keys.Order;
import io.drawdown.tasks.task.TaskDocument.Revision;
import io.drawdown.tasks.task.TaskState.Cause;
import io.drawdown.tasks.task.TaskState.Pending;
import io.drawdown.tasks.task.TaskState.Ready;
import io.drawdown.tasks.task.TaskState.Scheduled;
import io.drawdown.tasks.task.TaskState.Waiting;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happens to a task while it waits. */
public final class Waits {

    private Waits() {}

    /**
     * A new task.
     *
     * @param runAt when it is due; null: at once
     * @param order its place among the tasks of its order key, whose next one is woken once this one is stored; null if it
     *     has none
     */
    public static TaskDocument queued(String id, Spec spec, @Nullable Instant runAt, @Nullable Order order) {
        Instant now = spec.sender().createdAt();
        TaskDocument blank = new TaskDocument(
                id,
                new Revision(0, "", TaskDocument.SCHEMA),
                spec,
                new Pending(null, spec.expiresAt()),
                Keys.of(spec.uniqueHash(), order),
                Counters.NEW,
                null,
                Outbox.EMPTY);
        Waiting waiting = runAt == null
                ? new Pending(order == null ? blank.readyAt(now) : null, spec.expiresAt())
                : new Scheduled(runAt, Cause.RUN_AT, spec.expiresAt());
        return blank.with(waiting).event(TaskEvent.Type.QUEUED, now, null);
    }

    /** Its time has come: it waits for a worker. */
    public static TaskDocument due(TaskDocument task, Instant now) {
        Scheduled scheduled = task.in(Scheduled.class);
        return task.with(new Pending(task.readyAt(now), scheduled.expiresAt()));
    }

    /** It is the next one of its order key. */
    public static TaskDocument woken(TaskDocument task, Instant now) {
        Pending pending = task.in(Pending.class);
        return task.with(new Pending(task.readyAt(now), pending.expiresAt()));
    }

    /** It waits in another lane from now on, at the same place in time. */
    public static TaskDocument move(TaskDocument task, Lane lane) {
        Waiting waiting = task.in(Waiting.class);
        TaskDocument moved = new TaskDocument(
                task.id(),
                task.revision(),
                task.spec().in(lane),
                waiting,
                task.keys(),
                task.counters(),
                task.history(),
                task.outbox());
        return waiting instanceof Pending(Ready ready, Instant expiresAt) && ready != null
                ? moved.with(new Pending(moved.readyAt(ready.at()), expiresAt))
                : moved;
    }

    /** It becomes due at another time. A task with an order key has no time of its own. */
    public static TaskDocument reschedule(TaskDocument task, Instant runAt) {
        Waiting waiting = task.in(Waiting.class);
        if (task.order() != null) {
            throw new IllegalStateException("task " + task.id() + " has an order key");
        }
        return task.with(new Scheduled(runAt, Cause.RUN_AT, waiting.expiresAt()));
    }
}
