package io.drawdown.tasks.bulk;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An action with the tasks that it is for: those that fit a filter, or the dead tasks of a group. The latest come first.
 *
 * @param filter null: the tasks are those of the group
 * @param group null: the tasks are those that fit the filter
 * @param cursor where an earlier action ended; null: at the latest task
 * @param limit so many tasks at most
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BulkPlan(
        BulkAction action,
        @Nullable TaskFilter filter,
        @Nullable String group,
        @Nullable String cursor,
        int limit) {

    /** The most tasks of one action. */
    public static final int MOST = 10_000;

    public BulkPlan {
        if ((filter == null) == (group == null) || limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("a plan has a filter or a group, and 1 to " + MOST + " tasks");
        }
    }
}
