package io.drawdown.tasks.api;

import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.security.Caller;
import io.drawdown.tasks.enqueue.Enqueued;
import io.drawdown.tasks.task.TaskDocument;

/**
 * A task that was sent, now or before.
 *
 * @param isRepeated by an earlier request with the same idempotency key
 * @param isHolder another one, which has its unique key
 */
public record Sent(TaskDocument task, boolean isRepeated, boolean isHolder) {

    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    /** @throws ProblemException if it was refused */
    public static Sent of(Enqueued outcome, Caller caller) {
        return switch (outcome) {
            case Enqueued.Accepted(TaskDocument task) -> new Sent(task, false, false);
            case Enqueued.Repeated(TaskDocument task) -> new Sent(task, true, false);
            case Enqueued.Deduplicated(TaskDocument holder) -> new Sent(Visible.holder(holder, caller), false, true);
            case Enqueued.KeyReused() -> throw new ProblemException(ProblemType.IDEMPOTENCY_KEY_REUSED);
            case Enqueued.Full(int seconds) -> throw ProblemException.retryAfter(ProblemType.QUEUE_FULL, seconds);
            case Enqueued.Contended() -> throw new ProblemException(ProblemType.TASK_BUSY);
        };
    }

    public int status() {
        return isHolder ? OK : ACCEPTED;
    }
}
