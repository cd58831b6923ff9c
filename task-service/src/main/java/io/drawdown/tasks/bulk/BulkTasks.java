package io.drawdown.tasks.bulk;

import io.drawdown.tasks.task.TaskDocument;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The tasks that an action is for, and how it is done to one. Fails as the store does. On any thread. */
public interface BulkTasks {

    /**
     * The next tasks of the plan, without payloads and results: none that was sent, or died, after the action was asked for.
     *
     * @param cursor where the page before ended; null: at the beginning
     * @param until where the page ends at the latest; null: nowhere
     * @param askedAt when the action was asked for
     */
    Uni<Page> page(BulkPlan plan, @Nullable String cursor, @Nullable String until, int limit, Instant askedAt);

    /** Empty: it is done. Else why the task is left as it is. */
    Uni<Optional<Skip>> act(BulkAction action, String taskId, Instant askedAt);

    /** @param next where the next page begins; null: there is none */
    record Page(List<TaskDocument> tasks, @Nullable String next) {

        /** The first tasks of it that are so. */
        Page until(Predicate<TaskDocument> isWanted) {
            return new Page(tasks.stream().takeWhile(isWanted).toList(), next);
        }
    }
}
