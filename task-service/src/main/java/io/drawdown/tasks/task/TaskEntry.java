package io.drawdown.tasks.task;

import io.drawdown.contracts.TaskEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of a task that may not be published yet. It says what was true when it was written, whatever has become of the
 * task since.
 *
 * @param life which life of the task this was
 * @param attempt how many attempts had begun in this life
 * @param wakes the order key whose next task may run now; absent if there is none
 */
public record TaskEntry(
        long seq,
        TaskEvent.Type type,
        Instant at,
        int life,
        int attempt,
        @Nullable TaskFailure failure,
        @Nullable String wakes) {}
