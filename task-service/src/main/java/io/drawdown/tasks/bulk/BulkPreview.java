package io.drawdown.tasks.bulk;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drawdown.tasks.bulk.BulkTally.Outcome;
import io.drawdown.tasks.bulk.BulkTasks.Page;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an action would do, as of a moment ago.
 *
 * @param matched tasks that fit, as many as one action is for
 * @param doable those of them to which it would be done
 * @param skipped how many it would leave as they are, by the reason
 * @param nextCursor where a further action would begin; absent if there are no more tasks
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BulkPreview(
        int matched,
        int doable,
        Map<String, Integer> skipped,
        @Nullable String nextCursor) {

    private static final int PAGE = 1_000;

    /** Reads the tasks page by page. */
    public static Uni<BulkPreview> of(BulkTasks tasks, BulkPlan plan, Instant askedAt) {
        return walk(tasks, plan, askedAt, BulkTally.startingAt(plan.cursor()));
    }

    private static Uni<BulkPreview> walk(BulkTasks tasks, BulkPlan plan, Instant askedAt, BulkTally tally) {
        int left = plan.limit() - tally.seen();
        if (!tally.more() || left == 0) {
            return Uni.createFrom().item(new BulkPreview(tally.seen(), tally.done(), tally.skipped(), tally.cursor()));
        }
        return tasks.page(plan, tally.cursor(), null, Math.min(PAGE, left), askedAt)
                .chain(page -> walk(tasks, plan, askedAt, with(tally, plan, askedAt, page)));
    }

    private static BulkTally with(BulkTally tally, BulkPlan plan, Instant askedAt, Page page) {
        return tally.and(
                page.tasks().stream()
                        .map(task -> Outcome.of(plan.action().skips(task, askedAt)))
                        .toList(),
                page.next());
    }
}
