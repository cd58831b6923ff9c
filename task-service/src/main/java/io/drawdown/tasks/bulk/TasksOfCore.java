package io.drawdown.tasks.bulk;

import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.tasks.TasksCore;
import io.drawdown.tasks.control.TaskControl;
import io.drawdown.tasks.control.TaskControl.Replay;
import io.drawdown.tasks.store.DeadLetters;
import io.drawdown.tasks.store.TaskPages;
import io.drawdown.tasks.store.TaskPages.Position;
import io.drawdown.tasks.store.TaskPages.Query;
import io.drawdown.tasks.store.TaskPages.Range;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Letter;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The tasks of this service. The core is given late: it runs the handler that needs it. */
@Singleton
final class TasksOfCore implements BulkTasks {

    private final Instance<TasksCore> core;
    private final CoreLoop loop;
    private final TaskPages pages;
    private final DeadLetters letters;

    TasksOfCore(Instance<TasksCore> core, CoreLoop loop, TaskPages pages, DeadLetters letters) {
        this.core = core;
        this.loop = loop;
        this.pages = pages;
        this.letters = letters;
    }

    @Override
    public Uni<Page> page(BulkPlan plan, @Nullable String cursor, @Nullable String until, int limit, Instant askedAt) {
        return all(plan, cursor, limit, askedAt).map(page -> page.until(task -> isUntil(plan, task, until)));
    }

    /** The tasks of a plan go from the latest to the earliest. */
    private static boolean isUntil(BulkPlan plan, TaskDocument task, @Nullable String until) {
        if (until == null) {
            return true;
        }
        return plan.group() == null
                ? Position.of(task).compareTo(Position.of(until)) >= 0
                : DeadLetters.placeOf(task).compareTo(until) >= 0;
    }

    private Uni<Page> all(BulkPlan plan, @Nullable String cursor, int limit, Instant askedAt) {
        @Nullable TaskFilter filter = plan.filter();
        @Nullable String group = plan.group();
        if (filter != null) {
            Range created = new Range(filter.createdFrom(), earlier(filter.createdUntil(), askedAt));
            @Nullable Position after = cursor == null ? null : Position.of(cursor);
            return pages.page(new Query(filter.filter(), created, after, limit + 1))
                    .map(found -> page(found, limit, task -> Position.of(task).cursor()));
        }
        if (group == null) {
            throw new IllegalStateException("a plan has a filter or a group");
        }
        return letters.ofGroup(group, cursor == null ? Letter.before(askedAt) : cursor, limit + 1)
                .map(found -> page(found, limit, DeadLetters::placeOf));
    }

    private static Instant earlier(@Nullable Instant given, Instant askedAt) {
        return given == null || given.isAfter(askedAt) ? askedAt : given;
    }

    /** @param found one more than {@code limit} if there is a next page */
    private static Page page(List<TaskDocument> found, int limit, Function<TaskDocument, String> cursor) {
        return found.size() > limit
                ? new Page(found.subList(0, limit), cursor.apply(found.get(limit - 1)))
                : new Page(found, null);
    }

    @Override
    public Uni<Optional<Skip>> act(BulkAction action, String taskId, Instant askedAt) {
        return loop.call(() -> act(core.get().control(), action, taskId, askedAt));
    }

    /** On the core's thread. */
    static Uni<Optional<Skip>> act(TaskControl control, BulkAction action, String taskId, Instant askedAt) {
        return switch (action.kind()) {
            case CANCEL -> control.cancel(taskId).map(found -> left(found, BulkAction::afterCancel));
            case RETRY -> control.replay(taskId, askedAt).map(replay -> left(replay, askedAt));
            case MOVE ->
                control.move(taskId, action.lane(), action.runAt()).map(found -> left(found, action::afterMove));
        };
    }

    private static Optional<Skip> left(Optional<TaskDocument> found, Function<TaskDocument, @Nullable Skip> after) {
        return found.isEmpty() ? Optional.of(Skip.GONE) : Optional.ofNullable(after.apply(found.get()));
    }

    private static Optional<Skip> left(Replay replay, Instant askedAt) {
        return switch (replay) {
            case Replay.Begun _ -> Optional.empty();
            case Replay.NotOver(TaskDocument task) ->
                Optional.of(Optional.ofNullable(BulkAction.cannotRetry(task, askedAt))
                        .orElse(Skip.NOT_OVER));
            case Replay.KeyHeld _ -> Optional.of(Skip.UNIQUE_KEY_HELD);
            case Replay.NotFound _ -> Optional.of(Skip.GONE);
        };
    }
}
