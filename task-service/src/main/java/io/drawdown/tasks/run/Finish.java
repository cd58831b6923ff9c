package io.drawdown.tasks.run;

import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.Reason;
import io.drawdown.tasks.task.Runs;
import io.drawdown.tasks.task.Runs.Moment;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskFailure;

/**
 * Decides by the {@link Outcome} of a handler, and by why it was told to stop, which rule of {@link Runs} applies to its
 * task.
 */
final class Finish {

    private Finish() {}

    /** Why a handler was told to stop. */
    enum Stop {
        /** It was not. */
        NONE,
        /** Someone cancelled the task. */
        CANCEL,
        /** The attempt took too long. */
        TIMEOUT,
        /** This instance stops, or doubts its lease. */
        HAND_BACK
    }

    /** A completion counts, whatever the handler was told before. */
    static TaskDocument of(TaskDocument task, Outcome outcome, Stop stop, Policy policy, Moment moment) {
        return switch (outcome) {
            case Outcome.Completed(String result) -> Runs.complete(task, result, policy, moment.now());
            case Outcome.Failed failed ->
                stop == Stop.NONE
                        ? Runs.fail(task, failed.failure(), failed.retryAfter(), policy, moment)
                        : stopped(task, stop, policy, moment);
            case Outcome.Stopped() -> stopped(task, stop, policy, moment);
        };
    }

    private static TaskDocument stopped(TaskDocument task, Stop stop, Policy policy, Moment moment) {
        return switch (stop) {
            case CANCEL -> Runs.cancel(task, policy, moment.now());
            case TIMEOUT -> Runs.fail(task, TaskFailure.of(Reason.TIMEOUT), null, policy, moment);
            case HAND_BACK -> Runs.handBack(task, policy, moment.now());
            case NONE -> Runs.fail(task, TaskFailure.of(Reason.TEMPORARY), null, policy, moment);
        };
    }
}
