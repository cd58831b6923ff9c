package io.drawdown.tasks.task;

import io.drawdown.contracts.TaskEvent;
import io.drawdown.tasks.task.RunHistory.LogLine;
import io.drawdown.tasks.task.RunHistory.Progress;
import io.drawdown.tasks.task.TaskState.Cause;
import io.drawdown.tasks.task.TaskState.Pending;
import io.drawdown.tasks.task.TaskState.Processing;
import io.drawdown.tasks.task.TaskState.Scheduled;
import io.drawdown.tasks.task.TaskState.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What happens to a task because a worker runs it. */
public final class Runs {

    /** How long the verdict on a third crash waits for a worker that was given up for dead and lives. */
    public static final Duration VERDICT_AFTER = Duration.ofSeconds(15);

    private Runs() {}

    /** That worker runs it from now on. */
    public static TaskDocument claim(TaskDocument task, String owner, Instant now) {
        task.in(Waiting.class);
        return task.with(new Processing(owner, now, task.isSuspect() ? true : null, null, null))
                .with(Keys.whileRunning(task.keys()))
                .with(task.counters().claimed())
                .event(TaskEvent.Type.STARTED, now, null);
    }

    /** @param result JSON */
    public static TaskDocument complete(TaskDocument task, String result, Policy policy, Instant now) {
        return Ends.completed(attempted(task, now, null).with(task.counters().ended()), result, policy, now);
    }

    /**
     * An attempt failed. Another one follows unless the failure is permanent, all retries are used up, or someone wants the
     * task to be cancelled.
     *
     * @param delay what the handler asked for; null: the back-off
     */
    public static TaskDocument fail(
            TaskDocument task, TaskFailure failure, @Nullable Duration delay, Policy policy, Moment moment) {
        Counters before = task.counters();
        Instant now = moment.now();
        TaskDocument ended = attempted(task, now, failure).with(before.ended());
        if (task.isCancelAsked()) {
            return Ends.cancelled(ended, policy, now);
        }
        if (failure.reason() == Reason.PERMANENT) {
            return Ends.failed(ended, failure, policy, now);
        }
        Policy own = policy.with(task.spec().terms());
        if (before.retries() >= own.retries()) {
            return Ends.dead(ended, failure, policy, now);
        }
        Instant dueAt = now.plus(delay == null ? own.backoff(before.retries(), moment.random()) : delay);
        return put(ended.with(before.retried()), new Scheduled(dueAt, Cause.RETRY, null), now, failure);
    }

    /** When a change is decided, and the randomness that it may use. */
    public record Moment(Instant now, RandomGenerator random) {}

    /** The worker gives it back unfinished, which costs no retry and counts as no crash. */
    public static TaskDocument handBack(TaskDocument task, Policy policy, Instant now) {
        return putBack(task, Reason.HANDED_BACK, policy, now);
    }

    /** Its worker died. At the third time the verdict on it is due, if it was the only suspect there. */
    public static TaskDocument crash(TaskDocument task, Policy policy, Instant now) {
        Processing run = task.in(Processing.class);
        int crashes = task.counters().crashes() + 1;
        TaskDocument counted = task.with(task.counters().withCrashes(crashes));
        boolean isAccused = crashes >= Counters.GUILTY && run.suspect() != null && !run.isCancelAsked();
        TaskFailure crash = TaskFailure.of(Reason.CRASHED);
        return isAccused
                ? put(
                        attempted(counted, now, crash),
                        new Scheduled(now.plus(VERDICT_AFTER), Cause.VERDICT, null),
                        now,
                        crash)
                : putBack(counted, Reason.CRASHED, policy, now);
    }

    /**
     * So many of the workers that it was thought to have killed live: those crashes do not count.
     *
     * @param survived of the workers of its latest crashes
     */
    public static TaskDocument takeBack(TaskDocument task, int survived) {
        return survived == 0
                ? task
                : task.with(
                        task.counters().withCrashes(Math.max(0, task.counters().crashes() - survived)));
    }

    /** @param survived so many of its workers were given up for dead and lived */
    public static TaskDocument judge(TaskDocument task, int survived, Policy policy, Instant now) {
        task.in(Scheduled.class);
        TaskDocument judged = takeBack(task, survived);
        return judged.counters().crashes() >= Counters.GUILTY
                ? Ends.dead(task, TaskFailure.of(Reason.CRASHED), policy, now)
                : Waits.due(judged, now);
    }

    /** The worker stopped it because someone wanted that, or gave up waiting until it stops. */
    public static TaskDocument cancel(TaskDocument task, Policy policy, Instant now) {
        TaskDocument attempted = attempted(task, now, TaskFailure.of(Reason.CANCELLED));
        return Ends.cancelled(attempted.with(task.counters().ended()), policy, now);
    }

    /** The result of that step is kept, and is used when the task runs again. */
    public static TaskDocument recordStep(TaskDocument task, String step, String result) {
        task.in(Processing.class);
        return task.with(task.runHistory().with(step, result));
    }

    /** How far it is, and what its handler wants to be kept. */
    public static TaskDocument report(TaskDocument task, @Nullable Progress progress, List<LogLine> lines) {
        task.in(Processing.class);
        return task.with(task.runHistory().with(progress, lines));
    }

    /** Its place in the queue is that of its beginning. */
    private static TaskDocument putBack(TaskDocument task, Reason why, Policy policy, Instant now) {
        TaskFailure failure = TaskFailure.of(why);
        TaskDocument attempted = attempted(task, now, failure);
        Pending pending = new Pending(task.readyAt(task.spec().sender().createdAt()), null);
        return task.isCancelAsked() ? Ends.cancelled(attempted, policy, now) : put(attempted, pending, now, failure);
    }

    private static TaskDocument put(TaskDocument task, Waiting next, Instant now, TaskFailure why) {
        return task.with(next).with(Keys.whileWaiting(task.keys())).event(TaskEvent.Type.QUEUED, now, why);
    }

    private static TaskDocument attempted(TaskDocument task, Instant now, @Nullable TaskFailure failure) {
        Processing run = task.in(Processing.class);
        return task.with(task.runHistory().with(new Attempt(run.since(), now, run.owner(), failure)));
    }
}
