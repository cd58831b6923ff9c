package io.drawdown.tasks.task;

import io.drawdown.tasks.task.Keys.Lease;
import io.drawdown.tasks.task.Runs.Moment;
import io.drawdown.tasks.task.TaskState.Pending;
import io.drawdown.tasks.task.TaskState.Processing;
import io.drawdown.tasks.task.TaskState.Ready;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a task because a worker elsewhere runs it. Its lease is a time in its document; once that has passed, any
 * instance may take the task from the worker. Until one has done so the run is still the worker's. Whose clock is early takes
 * it early, and then the fence refuses what the worker still says; so a wrong clock costs a run, and never completes a task
 * twice.
 */
public final class Leases {

    /** How long a worker may take to stop a task that someone wants to be cancelled. */
    public static final Duration CANCEL_GRACE = Duration.ofSeconds(10);

    private Leases() {}

    /**
     * What a worker gets.
     *
     * @param visibility how long the worker may be silent
     * @param lease what it holds beside the task; null if that is nothing
     */
    public record Grant(
            String owner, Duration visibility, @Nullable Lease lease) {}

    /** That worker runs it from now on. */
    public static TaskDocument lease(TaskDocument task, Grant grant, Policy policy, Instant now) {
        TaskDocument claimed = Runs.claim(task, grant.owner(), now);
        return leased(claimed, grant.visibility(), policy, now).with(Keys.whileLeased(claimed.keys(), grant.lease()));
    }

    /** The worker lives. A task that someone wants to be cancelled is not extended. */
    public static TaskDocument extend(TaskDocument task, Duration visibility, Policy policy, Instant now) {
        return task.isCancelAsked() ? task : leased(task, visibility, policy, now);
    }

    private static TaskDocument leased(TaskDocument task, Duration visibility, Policy policy, Instant now) {
        Instant deadline = deadline(task, policy);
        Instant until = now.plus(visibility);
        return task.with(task.in(Processing.class).leasedUntil(until.isAfter(deadline) ? deadline : until));
    }

    /** When the attempt has taken as long as it may. */
    public static Instant deadline(TaskDocument task, Policy policy) {
        return task.in(Processing.class)
                .since()
                .plus(policy.with(task.spec().terms()).timeout());
    }

    /**
     * A worker says something of a run that was taken from it: it was silent for too long, and lives. So the task did not kill it:
     * the crash does not count, and the attempt stands as handed back. After as many runs as a task remembers all crashes count: else
     * a task that takes longer than its workers may be silent would run for ever.
     *
     * @param fence of that run
     * @param isWorker whether an owner is that worker
     * @return null if no crash of that run counts
     */
    public static @Nullable TaskDocument survived(TaskDocument task, long fence, Predicate<String> isWorker) {
        int index = endedRun(task, fence);
        List<Attempt> attempts = task.runHistory().pastAttempts();
        boolean isEndless = task.counters().runs() > RunHistory.MOST_ATTEMPTS;
        if (task.isOver()
                || isEndless
                || index < 0
                || !isWorker.test(attempts.get(index).worker())) {
            return null;
        }
        long since = attempts.stream().skip(index).filter(Attempt::crashed).count();
        if (!attempts.get(index).crashed() || since > task.counters().crashes()) {
            return null;
        }
        TaskDocument innocent = task.with(task.runHistory().handedBack(index))
                .with(task.counters().withCrashes(task.counters().crashes() - 1));
        return innocent.state() instanceof Pending(Ready ready, Instant expiresAt) && ready != null
                ? innocent.with(new Pending(innocent.readyAt(ready.at()), expiresAt))
                : innocent;
    }

    /** Which of the past attempts is the run with that fence, in this life of the task; -1: none that is known. */
    private static int endedRun(TaskDocument task, long fence) {
        int open = task.state() instanceof Processing ? 1 : 0;
        long later = task.counters().fence() - open - fence;
        int attempts = task.runHistory().pastAttempts().size();
        int ended = Math.min(task.counters().runs() - open, attempts);
        return later < 0 || later >= ended ? -1 : attempts - 1 - (int) later;
    }

    /** Whether a worker elsewhere has not been heard of for as long as it may be silent. */
    public static boolean isLapsed(TaskDocument task, Instant now) {
        return task.state() instanceof Processing run
                && run.leaseUntil() != null
                && !run.leaseUntil().isAfter(now);
    }

    /** The worker counts as dead, unless someone wanted the task to be cancelled or the attempt took too long. */
    public static TaskDocument lapse(TaskDocument task, Policy policy, Moment moment) {
        if (task.isCancelAsked()) {
            return Runs.cancel(task, policy, moment.now());
        }
        return deadline(task, policy).isAfter(moment.now())
                ? Runs.crash(task, policy, moment.now())
                : Runs.fail(task, TaskFailure.of(Reason.TIMEOUT), null, policy, moment);
    }
}
