package io.drawdown.tasks.task;

import io.drawdown.tasks.task.Keys.Lease;
import io.drawdown.tasks.task.Runs.Moment;
import io.drawdown.tasks.task.TaskState.Processing;
import java.time.Duration;
import java.time.Instant;
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
