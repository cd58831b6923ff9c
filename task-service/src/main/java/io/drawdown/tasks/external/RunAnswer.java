package io.drawdown.tasks.external;

import io.drawdown.tasks.task.TaskDocument;

/** What a worker is answered that said something of its run. Each tells the task as it is afterwards. */
public sealed interface RunAnswer {

    /** It counts, now or because an earlier request said the same. */
    record Accepted(TaskDocument task) implements RunAnswer {}

    /** The task is not this run's: it is over, or another one has it. Nothing was changed. */
    record Refused(TaskDocument task) implements RunAnswer {}

    /** There is no such task. */
    record NotFound() implements RunAnswer {}
}
