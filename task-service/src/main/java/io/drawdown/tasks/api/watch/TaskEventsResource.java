package io.drawdown.tasks.api.watch;

import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.security.Caller;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.time.Time;
import io.drawdown.tasks.LiveService;
import io.drawdown.tasks.api.TasksResource;
import io.drawdown.tasks.api.Visible;
import io.drawdown.tasks.api.watch.EventStream.Client;
import io.drawdown.tasks.api.watch.EventStream.Events;
import io.drawdown.tasks.api.watch.EventStream.Room;
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
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What happens to one task, while it happens. */
@Path(TasksResource.TASKS)
@RolesAllowed({Role.USER, Role.GATEWAY, Role.SERVICE, Role.OPERATOR})
@Tag(name = TasksResource.TAG, description = TasksResource.ABOUT)
public final class TaskEventsResource {

    private final LiveService live;
    private final Time time;
    private final SecurityIdentity identity;

    TaskEventsResource(LiveService live, Time time, SecurityIdentity identity) {
        this.live = live;
        this.time = time;
        this.identity = identity;
    }

    @GET
    @Path("{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            operationId = "watchTask",
            summary = "Tells what happens to a task, as server-sent events",
            description =
                    "First `task`, the task as it is, as in a list. Then each `step` in order, and `progress` at most"
                            + " four times a second, as in AsyncAPI. `task` again if steps were missed. `stale` says whether the"
                            + " broker is away: then the task is looked at every two seconds. The stream ends when the task is"
                            + " over, when the token expires, and when the instance stops: then ask again.")
    @APIResponse(
            responseCode = "200",
            description = "The events",
            content = @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = SchemaType.STRING)))
    @Problems({ProblemType.TASK_NOT_FOUND, ProblemType.RATE_LIMITED})
    public Uni<Events> watch(@PathParam("id") @Pattern(regexp = TaskIds.FORM) String id) {
        Client client = new Client(id, Visible.account(Caller.of(identity)), validFor());
        Room room = new Room(live.tasks(), live.seats(), live.loop());
        return live.loop().callWhileWanted(() -> EventStream.open(room, client));
    }

    private Duration validFor() {
        return identity.getPrincipal() instanceof JsonWebToken token
                ? Duration.between(time.now(), Instant.ofEpochSecond(token.getExpirationTime()))
                : EventStream.LONGEST;
    }
}
