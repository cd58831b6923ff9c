package io.drawdown.tasks.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.kit.json.Json;
import io.drawdown.tasks.task.Attempt;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.RunHistory;
import io.drawdown.tasks.task.RunHistory.LogLine;
import io.drawdown.tasks.task.RunHistory.Progress;
import io.drawdown.tasks.task.Spec;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskFailure;
import io.drawdown.tasks.task.TaskState;
import io.drawdown.tasks.task.TaskState.Completed;
import io.drawdown.tasks.task.TaskState.Dead;
import io.drawdown.tasks.task.TaskState.Failed;
import io.drawdown.tasks.task.TaskState.Processing;
import io.drawdown.tasks.task.TaskState.Scheduled;
import io.drawdown.tasks.task.TaskState.Terminal;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A task as clients see it. What it has not is left out. In a list it is shown without payload, result, attempts and log. */
// More than 8 components: flat on the wire.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskView(
        String id,
        String type,
        TaskState.Name state,
        Lane lane,
        String tenant,
        @Nullable String account,
        @Nullable List<String> tags,
        @Nullable String parent,
        @Nullable String uniqueKey,
        @Nullable String orderKey,
        String sentBy,
        Instant createdAt,
        @Nullable Instant runAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Instant expiresAt,
        @Nullable Integer progress,
        @Nullable String progressNote,
        @Nullable Boolean cancelAsked,
        @Nullable String worker,
        @Nullable TaskFailure error,
        int retryCount,
        int runs,
        int life,
        long seq,
        @Nullable Boolean resultExpired,
        @Nullable Boolean deduplicated,

        @Nullable @Schema(type = SchemaType.OBJECT, implementation = Object.class)
        JsonNode payload,

        @Nullable @Schema(implementation = Object.class) JsonNode result,
        @Nullable List<Attempt> attempts,
        @Nullable List<LogLine> log) {

    /** As in a list. */
    public static TaskView inList(TaskDocument task) {
        return of(task, false, false);
    }

    /** All of it. */
    public static TaskView of(TaskDocument task) {
        return of(task, true, false);
    }

    /**
     * @param isWhole whether with payload, result, attempts and log
     * @param isHolder whether it is shown in place of a task with its unique key
     */
    public static TaskView of(TaskDocument task, boolean isWhole, boolean isHolder) {
        Spec spec = task.spec();
        Spec.@Nullable Labels labels = spec.labels();
        TaskState state = task.state();
        RunHistory history = task.runHistory();
        @Nullable Progress progress = history.progress();
        return new TaskView(
                task.id(),
                spec.type(),
                state.name(),
                spec.lane(),
                spec.tenant(),
                spec.accountId(),
                spec.tags().isEmpty() ? null : spec.tags(),
                labels == null ? null : labels.parent(),
                labels == null ? null : labels.uniqueKey(),
                labels == null ? null : labels.orderKey(),
                spec.sender().subject(),
                spec.sender().createdAt(),
                state instanceof Scheduled scheduled ? scheduled.dueAt() : null,
                startedAt(state, history),
                state instanceof Terminal over ? over.at() : null,
                spec.expiresAt(),
                progress == null ? null : progress.percent(),
                progress == null ? null : progress.note(),
                task.isCancelAsked() ? true : null,
                state instanceof Processing run ? run.owner() : null,
                error(state, history),
                task.counters().retries(),
                task.counters().runs(),
                task.counters().life(),
                task.outbox().seq(),
                isExpired(state) ? true : null,
                isHolder ? true : null,
                isWhole ? Json.read(spec.payload().getBytes(UTF_8), JsonNode.class) : null,
                isWhole ? result(state) : null,
                isWhole ? history.attempts() : null,
                isWhole ? history.log() : null);
    }

    /** When the latest attempt began. */
    private static @Nullable Instant startedAt(TaskState state, RunHistory history) {
        if (state instanceof Processing run) {
            return run.since();
        }
        List<Attempt> past = history.pastAttempts();
        return past.isEmpty() ? null : past.getLast().startedAt();
    }

    /** Why it ended, or why its latest attempt did. */
    private static @Nullable TaskFailure error(TaskState state, RunHistory history) {
        return switch (state) {
            case Failed failed -> failed.failure();
            case Dead dead -> dead.failure();
            default -> {
                List<Attempt> past = history.pastAttempts();
                yield past.isEmpty() ? null : past.getLast().failure();
            }
        };
    }

    private static boolean isExpired(TaskState state) {
        return state instanceof Completed completed && completed.resultUntil() == null;
    }

    private static @Nullable JsonNode result(TaskState state) {
        return state instanceof Completed completed && completed.result() != null
                ? Json.read(completed.result().getBytes(UTF_8), JsonNode.class)
                : null;
    }
}
