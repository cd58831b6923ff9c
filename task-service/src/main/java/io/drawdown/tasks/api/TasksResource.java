package io.drawdown.tasks.api;

import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.idempotency.IdempotencyKey;
import io.drawdown.kit.openapi.OptionalKey;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Caller;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.time.Time;
import io.drawdown.kit.trace.RequestTrace;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** How tasks are sent. */
@Path(TasksResource.TASKS)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.USER, Role.GATEWAY, Role.SERVICE, Role.OPERATOR})
@Tag(name = TasksResource.TAG, description = TasksResource.ABOUT)
public final class TasksResource {

    public static final String TASKS = "/api/v1/tasks";
    public static final String ACTIONS = TASKS + "/actions";
    public static final String TAG = "Tasks";
    public static final String ABOUT =
            "Tasks: sent once, run until they are over, and shown with all that became of them";

    /** Says whether the answer is that of an earlier request with the same key. */
    public static final String REPLAYED = "Idempotency-Replayed";

    private final CoreLoop loop;
    private final Sending sending;
    private final Time time;
    private final SecurityIdentity identity;
    private final HttpServerRequest request;

    TasksResource(CoreLoop loop, Sending sending, Time time, SecurityIdentity identity, HttpServerRequest request) {
        this.loop = loop;
        this.sending = sending;
        this.time = time;
        this.identity = identity;
        this.request = request;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @OptionalKey
    @Operation(
            operationId = "sendTask",
            summary = "Sends a task",
            description = "It is stored when this is answered, and runs at once if there is room.")
    @APIResponseSchema(
            value = TaskView.class,
            responseCode = "202",
            responseDescription = "Accepted, now or by an earlier request with the same idempotency key")
    @APIResponse(
            responseCode = "200",
            description = "A task with this unique key is not over; it is shown, and nothing was stored")
    @Problems({
        ProblemType.UNKNOWN_TASK_TYPE,
        ProblemType.ORDERED_TASK_WITH_TIME,
        ProblemType.UNIQUE_KEY_HELD,
        ProblemType.QUEUE_FULL,
        ProblemType.TASK_BUSY
    })
    public Uni<RestResponse<TaskView>> send(
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key, @NotNull @Valid TaskRequest wanted) {
        Caller caller = Caller.of(identity);
        NewTasks.Request context = new NewTasks.Request(caller, TASKS, key, RequestTrace.of(request), time.now());
        Uni<Sent> sent = sending.send(wanted, context, 0);
        return loop.call(() -> sent).map(TasksResource::answer);
    }

    private static RestResponse<TaskView> answer(Sent sent) {
        ResponseBuilder<TaskView> answer = ResponseBuilder.<TaskView>create(sent.status())
                .entity(TaskView.of(sent.task(), true, sent.isHolder()))
                .header(REPLAYED, sent.isRepeated());
        return sent.isHolder()
                ? answer.build()
                : answer.location(URI.create(TASKS + "/" + sent.task().id())).build();
    }
}
