package io.drawdown.tasks.api;

import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Role;
import io.drawdown.tasks.TasksCore;
import io.drawdown.tasks.config.TaskType;
import io.drawdown.tasks.config.TaskTypeName;
import io.drawdown.tasks.config.TaskTypes;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The queues, one for each type of tasks, and their switches. */
@Path("/api/v1/queues")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.GATEWAY, Role.SERVICE, Role.OPERATOR})
@Tag(name = "Queues", description = "One queue for each type of tasks, which can be paused")
public final class QueuesResource {

    private final TasksCore core;
    private final TaskTypes types;
    private final CoreLoop loop;

    QueuesResource(TasksCore core, TaskTypes types, CoreLoop loop) {
        this.core = core;
        this.types = types;
        this.loop = loop;
    }

    /**
     * A queue as clients see it.
     *
     * @param concurrency so many of its tasks run at the same time in one instance; 0: only external workers run them
     */
    @Schema(name = "Queue")
    public record QueueView(String type, boolean paused, int concurrency) {}

    /** All queues. */
    @Schema(name = "Queues")
    public record QueuesView(List<QueueView> items) {}

    @GET
    @Operation(operationId = "listQueues", summary = "Lists the queues of all types that this instance knows")
    public Uni<QueuesView> list() {
        return loop.call(() -> Uni.createFrom()
                .item(new QueuesView(types.all().stream().map(this::view).toList())));
    }

    @POST
    @Path("{type}/pause")
    @RolesAllowed({Role.SERVICE, Role.OPERATOR})
    @Operation(
            operationId = "pauseQueue",
            summary = "Pauses a queue",
            description = "Its tasks are accepted and wait; those that run go on. It holds everywhere within 4 s.")
    @Problems({ProblemType.UNKNOWN_TASK_TYPE})
    public Uni<QueueView> pause(@PathParam("type") @Pattern(regexp = TaskTypeName.FORM) String type) {
        TaskType known = known(type);
        return loop.call(() -> core.queues().pause(type).map(done -> view(known)));
    }

    @POST
    @Path("{type}/resume")
    @RolesAllowed({Role.SERVICE, Role.OPERATOR})
    @Operation(operationId = "resumeQueue", summary = "Lets a paused queue go on")
    @Problems({ProblemType.UNKNOWN_TASK_TYPE})
    public Uni<QueueView> resume(@PathParam("type") @Pattern(regexp = TaskTypeName.FORM) String type) {
        TaskType known = known(type);
        return loop.call(() -> core.queues().resume(type).map(done -> view(known)));
    }

    private TaskType known(String type) {
        return types.find(type).orElseThrow(() -> new ProblemException(ProblemType.UNKNOWN_TASK_TYPE));
    }

    private QueueView view(TaskType type) {
        return new QueueView(
                type.name(), core.queues().isPaused(type.name()), type.isHandledHere() ? type.concurrency() : 0);
    }
}
