package io.drawdown.tasks.api;

import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Caller;
import io.drawdown.kit.security.Role;
import io.drawdown.tasks.TasksCore;
import io.drawdown.tasks.enqueue.TaskIds;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Why a task does not run. */
@Path(TasksResource.TASKS)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.USER, Role.GATEWAY, Role.SERVICE, Role.OPERATOR})
@Tag(name = TasksResource.TAG, description = TasksResource.ABOUT)
@Problems({ProblemType.TASK_NOT_FOUND})
public final class WhyResource {

    private final TasksCore core;
    private final CoreLoop loop;
    private final Why why;
    private final SecurityIdentity identity;

    WhyResource(TasksCore core, CoreLoop loop, Why why, SecurityIdentity identity) {
        this.core = core;
        this.loop = loop;
        this.why = why;
        this.identity = identity;
    }

    @GET
    @Path("{id}/why")
    @Operation(
            operationId = "explainTask",
            summary = "Says why a task does not run",
            description =
                    "The tasks before it are counted up to 1,000. A start is predicted from what all instances started in"
                            + " the last minute; where that is not possible, `unpredictable` says why.")
    public Uni<WhyView> explain(@PathParam("id") @Pattern(regexp = TaskIds.FORM) String id) {
        Caller caller = Caller.of(identity);
        return loop.call(
                () -> core.read(id).map(found -> Visible.task(found, caller)).chain(task -> why.of(task, caller)));
    }
}
