package io.drawdown.tasks.bulk;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Cause;
import io.drawdown.tasks.task.TaskState.Pending;
import io.drawdown.tasks.task.TaskState.Processing;
import io.drawdown.tasks.task.TaskState.Scheduled;
import io.drawdown.tasks.task.TaskState.Terminal;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What is done to each of many tasks. It may be done again to the same tasks: it touches none that was sent, or ended, after it
 * was asked for.
 *
 * @param lane where a task is moved to; null: it stays
 * @param runAt when a task that is moved is due; null: as before
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BulkAction(
        Kind kind, @Nullable Lane lane, @Nullable Instant runAt) {

    /** As for one task. */
    @Schema(name = "BulkActionKind")
    public enum Kind {
        @JsonProperty("cancel")
        CANCEL,
        @JsonProperty("retry")
        RETRY,
        @JsonProperty("move")
        MOVE
    }

    /** The next life of each. */
    public static final BulkAction RETRY = new BulkAction(Kind.RETRY, null, null);

    /**
     * Why it would leave the task as it is; null if it would not.
     *
     * @param askedAt when the action was asked for
     */
    @Nullable
    Skip skips(TaskDocument task, Instant askedAt) {
        if (task.spec().type().equals(BulkActionHandler.TYPE)) {
            return Skip.BULK_ACTION;
        }
        if (!task.spec().sender().createdAt().isBefore(askedAt)) {
            return Skip.LATER;
        }
        return switch (kind) {
            case CANCEL -> cannotCancel(task);
            case RETRY -> cannotRetry(task, askedAt);
            case MOVE -> cannotMove(task);
        };
    }

    private static @Nullable Skip cannotCancel(TaskDocument task) {
        if (task.isOver()) {
            return Skip.OVER;
        }
        return task.isCancelAsked() ? Skip.ALREADY : null;
    }

    static @Nullable Skip cannotRetry(TaskDocument task, Instant askedAt) {
        return switch (task.state().name()) {
            case COMPLETED -> Skip.COMPLETED;
            case SCHEDULED, PENDING, PROCESSING -> Skip.NOT_OVER;
            case FAILED, CANCELLED, DEAD ->
                task.state() instanceof Terminal end && end.at().isBefore(askedAt) ? null : Skip.LATER;
        };
    }

    private @Nullable Skip cannotMove(TaskDocument task) {
        if (runAt != null && task.order() != null) {
            return Skip.ORDER_KEY;
        }
        return switch (task.state()) {
            case Terminal _ -> Skip.OVER;
            case Processing _ -> Skip.RUNNING;
            case Scheduled scheduled when scheduled.cause() == Cause.VERDICT -> Skip.VERDICT;
            case Pending _, Scheduled _ -> isMoved(task) ? Skip.ALREADY : null;
        };
    }

    /** Whether the task is where this moves it to. */
    private boolean isMoved(TaskDocument task) {
        boolean isThen = runAt == null
                || (task.state() instanceof Scheduled scheduled
                        && scheduled.dueAt().equals(runAt));
        return isThen && (lane == null || task.spec().lane() == lane);
    }

    /** What became of a task that was to be moved: null if it is where it should be. */
    @Nullable
    Skip afterMove(TaskDocument task) {
        @Nullable Skip left = cannotMove(task);
        return left == Skip.ALREADY ? null : left == null ? Skip.RUNNING : left;
    }

    /** What became of a task that was to be cancelled: null if it is, or if its worker was told. */
    static @Nullable Skip afterCancel(TaskDocument task) {
        return switch (task.state().name()) {
            case CANCELLED, SCHEDULED, PENDING, PROCESSING -> null;
            case COMPLETED, FAILED, DEAD -> Skip.OVER;
        };
    }
}
