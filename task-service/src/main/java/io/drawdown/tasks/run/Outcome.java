package io.drawdown.tasks.run;

import io.drawdown.tasks.task.TaskFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a handler came to, as it says itself. {@link Finish} decides what that means for its task. */
public sealed interface Outcome {

    /** @param result JSON */
    record Completed(String result) implements Outcome {}

    /** @param retryAfter the delay that the handler asked for; null: the back-off */
    record Failed(TaskFailure failure, @Nullable Duration retryAfter) implements Outcome {}

    /** It stopped because it was told to. */
    record Stopped() implements Outcome {}
}
