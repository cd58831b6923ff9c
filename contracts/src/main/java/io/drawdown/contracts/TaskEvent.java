package io.drawdown.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step in the life of a task; the data of every event on {@link Topic#TASK_LIFECYCLE} but progress. Event id: {@code
 * <taskId>:<seq>}.
 *
 * @param taskType the name of the handler that runs it
 * @param accountId whose work it is; absent if its sender named no account
 * @param tags the names under which it is listed; absent if it has none
 * @param life rises when someone replays a task that was over
 * @param attempt how many attempts had begun in this life
 * @param reason what went wrong, in one word; absent if nothing did
 * @param error the class of the error, if an exception was the reason
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
// More than 8 components: flat on the wire.
public record TaskEvent(
        Type type,
        String taskId,
        long seq,
        String taskType,
        String tenant,
        @Nullable String accountId,
        @Nullable List<String> tags,
        int life,
        int attempt,
        Instant at,
        @Nullable String reason,
        @Nullable String error,
        @Nullable String message) {

    public String id() {
        return taskId + ":" + seq;
    }

    /** The step. */
    public enum Type {
        /** It waits: for its time, for a worker, or for its next attempt. */
        @JsonProperty("queued")
        QUEUED("io.drawdown.task.queued.v1"),
        @JsonProperty("started")
        STARTED("io.drawdown.task.started.v1"),
        @JsonProperty("completed")
        COMPLETED("io.drawdown.task.completed.v1"),
        @JsonProperty("failed")
        FAILED("io.drawdown.task.failed.v1"),
        @JsonProperty("cancelled")
        CANCELLED("io.drawdown.task.cancelled.v1"),
        /** All its attempts failed, or it killed its workers; a person may replay it. */
        @JsonProperty("dead-lettered")
        DEAD_LETTERED("io.drawdown.task.dead-lettered.v1");

        private final String eventType;

        Type(String eventType) {
            this.eventType = eventType;
        }

        public String eventType() {
            return eventType;
        }

        /** Whether the task is over with it, within this life. */
        public boolean isTerminal() {
            return this != QUEUED && this != STARTED;
        }
    }
}
