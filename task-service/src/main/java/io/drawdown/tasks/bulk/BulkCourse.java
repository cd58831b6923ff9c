package io.drawdown.tasks.bulk;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pages of an action, as they are when it begins. A page that is done again ends where it ended before, though some of its
 * tasks do not fit any more; so an action touches no more tasks than it may.
 *
 * @param matched tasks that fit
 * @param ends where each page ends that another one follows
 * @param nextCursor where a further action would begin; absent if there are no more tasks
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BulkCourse(int matched, List<String> ends, @Nullable String nextCursor) {

    /** Reads the tasks page by page. */
    static Uni<BulkCourse> of(BulkTasks tasks, BulkPlan plan, int page, Instant askedAt) {
        return walk(tasks, plan, page, askedAt, new BulkCourse(0, List.of(), plan.cursor()));
    }

    private static Uni<BulkCourse> walk(BulkTasks tasks, BulkPlan plan, int size, Instant askedAt, BulkCourse before) {
        int most = Math.min(size, plan.limit() - before.matched);
        return tasks.page(plan, before.nextCursor, null, most, askedAt).chain(page -> {
            BulkCourse course = new BulkCourse(before.matched + page.tasks().size(), before.ends, page.next());
            return page.next() == null || course.matched >= plan.limit()
                    ? Uni.createFrom().item(course)
                    : walk(tasks, plan, size, askedAt, course.endingAt(page.next()));
        });
    }

    private BulkCourse endingAt(String end) {
        return new BulkCourse(
                matched, Stream.concat(ends.stream(), Stream.of(end)).toList(), nextCursor);
    }

    int pages() {
        return ends.size() + 1;
    }

    /** Where that page begins; null: at the latest task. */
    @Nullable
    String from(int page, BulkPlan plan) {
        return page == 0 ? plan.cursor() : ends.get(page - 1);
    }

    /** Where that page ends; null: nowhere. */
    @Nullable
    String until(int page) {
        return page < ends.size() ? ends.get(page) : nextCursor;
    }
}
