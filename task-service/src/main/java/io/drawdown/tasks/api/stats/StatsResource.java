package io.drawdown.tasks.api.stats;

import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Role;
import io.drawdown.tasks.TasksCore;
import io.drawdown.tasks.config.TaskTypes;
import io.drawdown.tasks.metrics.QueueHealth;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The numbers of tasks. */
@Path("/api/v1/tasks/stats")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.GATEWAY, Role.SERVICE, Role.OPERATOR})
@Tag(name = "Statistics", description = "How many tasks there are, how fast they run, and how the queue is")
public final class StatsResource {

    private final TasksCore core;
    private final TaskTypes types;
    private final QueueHealth health;
    private final CoreLoop loop;

    StatsResource(TasksCore core, TaskTypes types, QueueHealth health, CoreLoop loop) {
        this.core = core;
        this.types = types;
        this.health = health;
        this.loop = loop;
    }

    @GET
    @Operation(
            operationId = "readTaskStats",
            summary = "Says how many tasks there are, and how fast they run",
            description =
                    "The sums of what all instances counted, at most 3 s old; no task is read. What an instance had not told"
                            + " before it died is missing until the next recount: `corrected_at` says when the tasks themselves"
                            + " were counted the last time.")
    public Uni<StatsView> read() {
        return loop.call(() -> core.stats()
                .read()
                .map(depths -> StatsView.of(depths, types, core.stats()::oldestOf, health.of(depths, core.health()))));
    }
}
