package io.drawdown.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a running task is; the data of the events on {@link Topic#TASK_PROGRESS}. For whoever watches: it may be lost, late or
 * doubled, and a task tells at most four a second. The stored task has its progress, too, a second later at most.
 *
 * @param labels what the task is listed under
 * @param fence of the run; a later run of the task has a greater one
 * @param n the number of the report within the run, from 1 on; of two reports the one with the greater (fence, n) is later
 * @param percent 0 to 100; it never falls within a life
 * @param note what the handler says about that; absent if it says nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskProgress(
        String taskId,
        Labels labels,
        int life,
        long fence,
        long n,
        int percent,
        @Nullable String note,
        Instant at) {

    public static final String EVENT_TYPE = "io.drawdown.task.progressed.v1";

    /**
     * What a task is listed under.
     *
     * @param accountId whose work it is; absent if its sender named no account
     * @param tags absent if it has none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Labels(
            String taskType,
            String tenant,
            @Nullable String accountId,
            @Nullable List<String> tags) {}
}
