package io.drawdown.tasks.api;

import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.security.Caller;
import io.drawdown.tasks.task.TaskDocument;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which tasks a caller may see: a user those of their own account, all others all. */
public final class Visible {

    private Visible() {}

    /** The account whose tasks alone the caller may see; null: all. */
    public static @Nullable String account(Caller caller) {
        return caller.mayUseAll() ? null : caller.subject();
    }

    public static boolean to(TaskDocument task, Caller caller) {
        @Nullable String account = task.spec().accountId();
        return caller.mayUseAll() || (account != null && caller.mayUse(account));
    }

    /** @throws ProblemException for a caller who may not see it there is no such task */
    public static TaskDocument task(Optional<TaskDocument> found, Caller caller) {
        return found.filter(task -> to(task, caller))
                .orElseThrow(() -> new ProblemException(ProblemType.TASK_NOT_FOUND));
    }

    /**
     * The task that has a unique key.
     *
     * @throws ProblemException the key is held; the caller may not see by which task
     */
    public static TaskDocument holder(TaskDocument holder, Caller caller) {
        if (!to(holder, caller)) {
            throw new ProblemException(ProblemType.UNIQUE_KEY_HELD);
        }
        return holder;
    }
}
