package io.drawdown.tasks.external;

import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Processing;

/**
 * A worker that lives elsewhere.
 *
 * @param subject whose token it has
 * @param name that it chose among the workers of its subject; it has no colon
 */
public record Worker(String subject, String name) {

    private static final String PREFIX = "ext:";

    /** Whose the run is, as a task says it. */
    public String owner() {
        return PREFIX + subject + ":" + name;
    }

    /** Whether that owner is a worker of the subject. */
    static boolean isOf(String owner, String subject) {
        return owner.startsWith(PREFIX)
                && owner.substring(PREFIX.length(), owner.lastIndexOf(':')).equals(subject);
    }

    /**
     * A run, as the worker that has it names it.
     *
     * @param fence of its lease
     */
    public record Run(String taskId, String subject, long fence) {

        /** Whether the task is this run's. */
        boolean has(TaskDocument task) {
            return task.state() instanceof Processing run
                    && task.counters().fence() == fence
                    && isOf(run.owner(), subject);
        }
    }
}
