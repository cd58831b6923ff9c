package io.drawdown.tasks.api.lease;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.tasks.external.RunAnswer;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState;
import io.drawdown.tasks.task.TaskState.Processing;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A run of a worker elsewhere, as it is once what the worker said counts.
 *
 * @param cancelAsked whether the worker is to stop
 * @param leasedUntil absent once the run is over
 */
@Schema(name = "Run")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunView(
        String id,
        long fence,
        TaskState.Name state,
        boolean cancelAsked,
        @Nullable Instant leasedUntil) {

    /** @throws ProblemException if it does not count; it tells how the task is */
    static RunView of(RunAnswer answer) {
        return switch (answer) {
            case RunAnswer.Accepted(TaskDocument task) -> of(task);
            case RunAnswer.Refused(TaskDocument task) -> throw lost(of(task));
            case RunAnswer.NotFound() -> throw new ProblemException(ProblemType.TASK_NOT_FOUND);
        };
    }

    private static RunView of(TaskDocument task) {
        return new RunView(
                task.id(),
                task.counters().fence(),
                task.state().name(),
                task.isCancelAsked(),
                task.state() instanceof Processing run ? run.leaseUntil() : null);
    }

    private static ProblemException lost(RunView run) {
        return new ProblemException(
                ProblemType.RUN_LOST,
                "the task is " + run.state().word() + ", its fence is " + run.fence(),
                Map.of("fence", run.fence(), "state", run.state(), "cancel_asked", run.cancelAsked()));
    }
}
