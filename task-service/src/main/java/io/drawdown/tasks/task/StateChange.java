package io.drawdown.tasks.task;

import io.drawdown.tasks.task.TaskState.Processing;
import org.jspecify.annotations.Nullable;

/**
 * What one write that the store acknowledged changed in the numbers of tasks.
 *
 * @param left where the task was counted; null: it is new
 * @param entered where it is counted now; null: its record was removed
 * @param run what a run came to in this write; null: none ended
 */
public record StateChange(
        @Nullable Standing left,
        @Nullable Standing entered,
        @Nullable RunEnd run) {

    /** What a run came to. */
    public enum RunEnd {
        /** It completed its task. */
        COMPLETED,
        /** It failed, timed out or crashed, whether another attempt follows or not. */
        FAILED,
        /** It was cancelled or handed back: that says nothing about its handler. */
        STOPPED
    }

    /** @param before what the write replaced; null: the task is new */
    public static StateChange of(@Nullable TaskDocument before, TaskDocument next) {
        return new StateChange(
                before == null ? null : Standing.of(before),
                Standing.of(next),
                before != null && isRunning(before) && !isRunning(next) ? endOf(next) : null);
    }

    /** A task that waited for a worker was claimed. */
    public static StateChange claimed(TaskDocument claim) {
        Standing running = Standing.of(claim);
        return new StateChange(running.in(TaskState.Name.PENDING), running, null);
    }

    /** The record of a task that stood there was removed. */
    public static StateChange removed(Standing last) {
        return new StateChange(last, null, null);
    }

    /** Whether a run began in this write. */
    public boolean isStart() {
        return isRunning(entered) && !isRunning(left);
    }

    /** Whether the task is counted where it was before. */
    public boolean isSame() {
        return left != null && left.equals(entered);
    }

    private static boolean isRunning(@Nullable Standing standing) {
        return standing != null && standing.state() == TaskState.Name.PROCESSING;
    }

    private static boolean isRunning(TaskDocument task) {
        return task.state() instanceof Processing;
    }

    /** Whatever ends a run adds its attempt to the task. */
    private static RunEnd endOf(TaskDocument next) {
        @Nullable
        TaskFailure failure = next.runHistory().pastAttempts().getLast().failure();
        if (failure == null) {
            return RunEnd.COMPLETED;
        }
        return switch (failure.reason()) {
            case TEMPORARY, PERMANENT, TIMEOUT, CRASHED, EXPIRED -> RunEnd.FAILED;
            case CANCELLED, HANDED_BACK -> RunEnd.STOPPED;
        };
    }
}
