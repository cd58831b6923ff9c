package io.drawdown.tasks.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.drawdown.tasks.task.TaskState;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Why a task does not run.
 *
 * @param until what it waits for, if that is a time
 * @param blockedBy the task that must be over before it; absent if the caller may not see it
 * @param ahead tasks of its tenant that are before it, at most 1,000
 * @param aheadIsMore true if there are more
 * @param tenants that take turns with its own, its own included, at most 16
 * @param predictedStart about when it starts, if that can be known
 * @param unpredictable why that can not be known
 */
// More than 8 components: flat on the wire.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WhyView(
        String taskId,
        TaskState.Name state,
        Cause cause,
        String explanation,
        @Nullable Instant until,
        @Nullable String blockedBy,
        @Nullable Integer ahead,
        @Nullable Boolean aheadIsMore,
        @Nullable Integer tenants,
        @Nullable Instant predictedStart,
        @Nullable String unpredictable) {

    /** What it waits for. */
    @Schema(name = "WaitCause")
    public enum Cause {
        /** For nothing: it runs. */
        @JsonProperty("running")
        RUNNING,
        /** For nothing: it is over. */
        @JsonProperty("over")
        OVER,
        /** For its time. */
        @JsonProperty("scheduled")
        SCHEDULED,
        /** For its next attempt, after a failure. */
        @JsonProperty("retry")
        RETRY,
        /** For the verdict on its crashes. */
        @JsonProperty("verdict")
        VERDICT,
        /** For the task before it with its order key. */
        @JsonProperty("order-key")
        ORDER_KEY,
        /** Until its queue goes on. */
        @JsonProperty("queue-paused")
        QUEUE_PAUSED,
        /** For a worker: this instance has no handler of its type. */
        @JsonProperty("no-handler-here")
        NO_HANDLER_HERE,
        /** For its turn. */
        @JsonProperty("turn")
        TURN
    }

    static WhyView of(String taskId, TaskState.Name state, Cause cause, String explanation) {
        return new WhyView(taskId, state, cause, explanation, null, null, null, null, null, null, null);
    }

    static WhyView until(String taskId, Cause cause, String explanation, Instant until) {
        return new WhyView(
                taskId, TaskState.Name.SCHEDULED, cause, explanation, until, null, null, null, null, until, null);
    }

    /** @param blockedBy null: the caller may not see it */
    static WhyView behind(String taskId, @Nullable String blockedBy) {
        String other = blockedBy == null ? "another one" : blockedBy;
        return new WhyView(
                taskId,
                TaskState.Name.PENDING,
                Cause.ORDER_KEY,
                "The tasks of its order key run one after the other, and " + other + " is before it",
                null,
                blockedBy,
                null,
                null,
                null,
                null,
                "it is not known how long " + other + " takes");
    }
}
