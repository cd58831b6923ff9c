package io.drawdown.tasks.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a task that is over.
 *
 * @param worker the incarnation, or the external worker, that ran it
 * @param failure absent if it completed the task
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Attempt(
        Instant startedAt,
        Instant endedAt,
        String worker,
        @Nullable TaskFailure failure) {

    boolean crashed() {
        return failure != null && failure.reason() == Reason.CRASHED;
    }
}
