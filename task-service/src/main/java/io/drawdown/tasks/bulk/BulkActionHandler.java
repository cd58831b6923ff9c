package io.drawdown.tasks.bulk;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drawdown.tasks.bulk.BulkTally.Outcome;
import io.drawdown.tasks.bulk.BulkTasks.Page;
import io.drawdown.tasks.handler.TaskContext;
import io.drawdown.tasks.handler.TaskHandler;
import io.drawdown.tasks.handler.TemporaryFailure;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.TaskDocument;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Does an action to many tasks, page by page, as a task of its own. A page that is done is a step that is kept. Only the page at
 * which the process died is done again, and that is harmless: an action touches no task that was sent or ended after it was
 * asked for.
 */
@Singleton
public final class BulkActionHandler implements TaskHandler<BulkPlan, BulkActionHandler.Done> {

    /** The type of the tasks that do it. Only the routes of bulk actions send one. */
    public static final String TYPE = "bulk_action";

    /** With the step that counts, the pages of the largest plan are as many as a task may have steps. */
    private static final int PAGE = 323;

    private static final int AT_ONCE = 32;
    private static final int WHOLE = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final BulkTasks tasks;

    BulkActionHandler(BulkTasks tasks) {
        this.tasks = tasks;
    }

    /**
     * What became of it.
     *
     * @param matched tasks that fitted when it began
     * @param skipped how many were left as they are, by the reason
     * @param failures some of those to which it could not be done
     * @param nextCursor where a further action would begin; absent if there are no more tasks
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Done(
            BulkAction.Kind action,
            int matched,
            int done,
            Map<String, Integer> skipped,
            int failed,
            List<BulkFailure> failures,
            @Nullable String nextCursor) {}

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Policy policy() {
        return new Policy(
                10,
                Duration.ofHours(1),
                Policy.DEFAULT.firstBackoff(),
                Policy.DEFAULT.longestBackoff(),
                Policy.DEFAULT.keep(),
                Policy.DEFAULT.keep());
    }

    @Override
    public int concurrency() {
        return 4;
    }

    @Override
    public Done handle(BulkPlan plan, TaskContext context) {
        BulkCourse course = context.once(
                "count", BulkCourse.class, key -> await(BulkCourse.of(tasks, plan, PAGE, context.sentAt())));
        BulkTally tally = BulkTally.startingAt(plan.cursor());
        for (int page = 0; page < course.pages(); page++) {
            BulkTally before = tally;
            int number = page;
            requireToGoOn(context);
            tally = context.once(
                    "page-" + (page + 1),
                    BulkTally.class,
                    key -> before.and(outcomes(plan, course, number, context.sentAt()), course.until(number)));
            context.progress(
                    Math.min(WHOLE, tally.seen() * WHOLE / Math.max(1, course.matched())),
                    tally.seen() + " of " + course.matched());
        }
        return new Done(
                plan.action().kind(),
                course.matched(),
                tally.done(),
                tally.skipped(),
                tally.failed(),
                tally.failures(),
                course.nextCursor());
    }

    private static void requireToGoOn(TaskContext context) {
        if (context.isCancelled()) {
            throw new TemporaryFailure("told to stop");
        }
    }

    private List<Outcome> outcomes(BulkPlan plan, BulkCourse course, int number, Instant askedAt) {
        int most = Math.min(PAGE, plan.limit() - number * PAGE);
        Page page = await(tasks.page(plan, course.from(number, plan), course.until(number), most, askedAt));
        List<Outcome> outcomes = await(Multi.createFrom()
                .iterable(page.tasks())
                .onItem()
                .transformToUni(task -> outcome(plan.action(), task, askedAt))
                .merge(AT_ONCE)
                .collect()
                .asList());
        requireSomeSuccess(outcomes);
        return outcomes;
    }

    private Uni<Outcome> outcome(BulkAction action, TaskDocument task, Instant askedAt) {
        @Nullable Skip skip = action.skips(task, askedAt);
        return skip != null
                ? Uni.createFrom().item(Outcome.of(skip))
                : tasks.act(action, task.id(), askedAt)
                        .map(left -> Outcome.of(left.orElse(null)))
                        .onFailure()
                        .recoverWithItem(fault -> new Outcome(null, BulkFailure.of(task.id(), fault)));
    }

    /** If all fail, the store is away: the page is tried again. */
    private static void requireSomeSuccess(List<Outcome> outcomes) {
        if (!outcomes.isEmpty() && outcomes.stream().allMatch(outcome -> outcome.failure() != null)) {
            throw new TemporaryFailure("no task of a page could be changed: " + outcomes.getFirst());
        }
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(PATIENCE);
    }
}
