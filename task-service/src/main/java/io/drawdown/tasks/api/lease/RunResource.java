package io.drawdown.tasks.api.lease;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.problem.LargeBody;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Caller;
import io.drawdown.kit.security.Role;
import io.drawdown.tasks.TasksCore;
import io.drawdown.tasks.api.JsonText;
import io.drawdown.tasks.api.TaskRequest;
import io.drawdown.tasks.api.TasksResource;
import io.drawdown.tasks.enqueue.TaskIds;
import io.drawdown.tasks.external.LeasedRuns;
import io.drawdown.tasks.external.LeasedRuns.Report;
import io.drawdown.tasks.external.RunAnswer;
import io.drawdown.tasks.external.Worker.Run;
import io.drawdown.tasks.runner.HandlerThreads;
import io.drawdown.tasks.task.Reason;
import io.drawdown.tasks.task.RunHistory;
import io.drawdown.tasks.task.RunHistory.Progress;
import io.drawdown.tasks.task.TaskFailure;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What workers that live elsewhere say of the tasks that they have. */
@Path(TasksResource.TASKS)
@jakarta.ws.rs.Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.GATEWAY, Role.SERVICE})
@Tag(name = LeasesResource.TAG, description = LeasesResource.ABOUT)
@Problems({ProblemType.TASK_NOT_FOUND, ProblemType.RUN_LOST})
public final class RunResource {

    /** More than blanks. */
    private static final String TEXT = "^\\s*\\S[\\s\\S]*$";

    /** A result, and what is around it. */
    private static final long LARGEST = HandlerThreads.LONGEST_RESULT + 32 * 1024;

    private final TasksCore core;
    private final CoreLoop loop;
    private final Visibility visibility;
    private final SecurityIdentity identity;

    RunResource(TasksCore core, CoreLoop loop, Visibility visibility, SecurityIdentity identity) {
        this.core = core;
        this.loop = loop;
        this.visibility = visibility;
        this.identity = identity;
    }

    /** The worker lives. */
    public record Extension(
            @NotNull @Min(1) Long fence,
            @Nullable @Min(1) @Max(TaskRequest.DAY) Long visibilitySeconds,
            @Nullable @Min(0) @Max(100) Integer progress,

            @Nullable @Pattern(regexp = TEXT) @Size(max = TaskFailure.LONGEST_MESSAGE)
            String progressNote,

            @Nullable @Size(max = RunHistory.MOST_LOG_LINES)
            List<@NotNull @Pattern(regexp = TEXT) @Size(max = TaskFailure.LONGEST_MESSAGE) String> log) {

        Report report() {
            if (progress == null && progressNote != null) {
                throw new ProblemException(ProblemType.INVALID_REQUEST, "progress_note needs a progress");
            }
            return new Report(
                    progress == null ? null : new Progress(progress, progressNote), log == null ? List.of() : log);
        }
    }

    /** @param result absent: an empty object */
    public record Completion(
            @NotNull @Min(1) Long fence,

            @Nullable @Schema(type = SchemaType.OBJECT, implementation = Object.class)
            ObjectNode result) {

        String text() {
            return JsonText.of(
                    "result",
                    result == null ? JsonNodeFactory.instance.objectNode() : result,
                    HandlerThreads.LONGEST_RESULT);
        }
    }

    /** @param permanent absent: another attempt may succeed */
    public record Failure(
            @NotNull @Min(1) Long fence,
            @Nullable Boolean permanent,

            @Nullable @Pattern(regexp = TEXT) @Size(max = TaskFailure.LONGEST_ERROR)
            String error,

            @Nullable @Pattern(regexp = TEXT) @Size(max = TaskFailure.LONGEST_MESSAGE)
            String message,

            @Nullable @Min(0) @Max(TaskRequest.DAY) Long retryAfterSeconds) {

        TaskFailure failure() {
            boolean isPermanent = Boolean.TRUE.equals(permanent);
            if (isPermanent && retryAfterSeconds != null) {
                throw new ProblemException(
                        ProblemType.INVALID_REQUEST, "permanent and retry_after_seconds exclude each other");
            }
            return new TaskFailure(isPermanent ? Reason.PERMANENT : Reason.TEMPORARY, error, message);
        }

        @Nullable
        Duration delay() {
            return retryAfterSeconds == null ? null : Duration.ofSeconds(retryAfterSeconds);
        }
    }

    @Produces
    @Singleton
    static LargeBody largeCompletion() {
        return new LargeBody(TasksResource.TASKS + "/[^/]+/complete", LARGEST);
    }

    @POST
    @Path("{id}/extend")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "extendRun",
            summary = "Says that the worker of a task lives",
            description =
                    "It may be silent for as long again, up to the deadline of the attempt. If `cancel_asked` is true it is"
                            + " to stop: it has 10 s at most, which cannot be extended.")
    public Uni<RunView> extend(
            @PathParam("id") @Pattern(regexp = TaskIds.FORM) String id, @NotNull @Valid Extension said) {
        Duration silent = visibility.of(said.visibilitySeconds());
        Report report = said.report();
        Run run = run(id, said.fence());
        return tell(runs -> runs.extend(run, silent, report));
    }

    @POST
    @Path("{id}/complete")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "completeRun",
            summary = "Completes a task that the worker has leased",
            description = "The same again is answered in the same way.")
    public Uni<RunView> complete(
            @PathParam("id") @Pattern(regexp = TaskIds.FORM) String id, @NotNull @Valid Completion said) {
        String result = said.text();
        Run run = run(id, said.fence());
        return tell(runs -> runs.complete(run, result));
    }

    @POST
    @Path("{id}/fail")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "failRun",
            summary = "Says that the attempt of a worker failed",
            description = "Another attempt follows, unless the failure is permanent or no retries are left.")
    public Uni<RunView> fail(@PathParam("id") @Pattern(regexp = TaskIds.FORM) String id, @NotNull @Valid Failure said) {
        TaskFailure failure = said.failure();
        Run run = run(id, said.fence());
        return tell(runs -> runs.fail(run, failure, said.delay()));
    }

    private Run run(String id, long fence) {
        return new Run(id, Caller.of(identity).subject(), fence);
    }

    private Uni<RunView> tell(Function<LeasedRuns, Uni<RunAnswer>> said) {
        return loop.call(() -> said.apply(core.external().runs())).map(RunView::of);
    }
}
