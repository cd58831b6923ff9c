package io.drawdown.tasks.bulk;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drawdown.contracts.AccountId;
import io.drawdown.tasks.config.TaskTypeName;
import io.drawdown.tasks.store.TaskPages.Filter;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.TaskState;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks have in common. Null: anything.
 *
 * @param createdFrom the earliest time at which a task was sent
 * @param createdUntil a task was sent before then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskFilter(
        @Nullable @Pattern(regexp = AccountId.FORM) String account,
        @Nullable @Pattern(regexp = TaskTypeName.FORM) String type,
        @Nullable @Pattern(regexp = TAG) String tag,
        @Nullable @Pattern(regexp = AccountId.FORM) String tenant,
        @Nullable Lane lane,
        TaskState.@Nullable Name state,
        @Nullable Instant createdFrom,
        @Nullable Instant createdUntil) {

    /** What a tag may be. */
    public static final String TAG = "^[A-Za-z0-9_.:-]{1,64}$";

    /** The same, of the tasks of that account. */
    public TaskFilter of(@Nullable String ofAccount) {
        return new TaskFilter(ofAccount, type, tag, tenant, lane, state, createdFrom, createdUntil);
    }

    public Filter filter() {
        return new Filter(account, type, tag, tenant, lane, state);
    }
}
