package io.drawdown.tasks.api.bulk;

import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.idempotency.IdempotencyKey;
import io.drawdown.kit.openapi.OptionalKey;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.security.Caller;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.time.Time;
import io.drawdown.kit.trace.RequestTrace;
import io.drawdown.tasks.api.NewTasks;
import io.drawdown.tasks.api.TaskListResource;
import io.drawdown.tasks.api.TasksResource;
import io.drawdown.tasks.api.bulk.BulkRequests.BulkAnswer;
import io.drawdown.tasks.bulk.BulkAction;
import io.drawdown.tasks.bulk.BulkPlan;
import io.drawdown.tasks.bulk.TaskFilter;
import io.drawdown.tasks.task.Lane;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What is done to many tasks at once. */
@Path(TasksResource.TASKS)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.USER, Role.GATEWAY, Role.SERVICE, Role.OPERATOR})
@Tag(name = TasksResource.TAG, description = TasksResource.ABOUT)
public final class ActionsResource {

    private static final Set<String> OF_ALL = Set.of(Role.SERVICE, Role.OPERATOR);

    private final BulkRequests requests;
    private final Time time;
    private final SecurityIdentity identity;
    private final HttpServerRequest request;

    ActionsResource(BulkRequests requests, Time time, SecurityIdentity identity, HttpServerRequest request) {
        this.requests = requests;
        this.time = time;
        this.identity = identity;
        this.request = request;
    }

    /**
     * What is wanted of many tasks.
     *
     * @param lane for a move alone; absent: the lane stays
     * @param runAt for a move alone; absent: the time stays
     * @param cursor absent: the latest task is the first
     * @param limit absent: as many as one action may have
     * @param dryRun absent: false
     */
    public record ActionRequest(
            @NotNull BulkAction.Kind action,
            @Nullable Lane lane,
            @Nullable Instant runAt,
            @NotNull @Valid TaskFilter filter,

            @Nullable @Pattern(regexp = TaskListResource.CURSOR)
            String cursor,

            @Nullable @Min(1) @Max(BulkPlan.MOST) Integer limit,
            @Nullable Boolean dryRun) {

        BulkPlan plan(@Nullable String ofAccount) {
            return new BulkPlan(
                    new BulkAction(action, lane, runAt),
                    filter.of(ofAccount),
                    null,
                    cursor,
                    limit == null ? BulkPlan.MOST : limit);
        }
    }

    @POST
    @Path("actions")
    @Consumes(MediaType.APPLICATION_JSON)
    @OptionalKey
    @Operation(
            operationId = "actOnTasks",
            summary = "Cancels, retries or moves the tasks that fit a filter",
            description =
                    "A task of the type `bulk_action` does it, and shows how far it is; it may be cancelled. Its result"
                            + " counts what was done, skipped and failed. Tasks that are sent, or end, after this request are left"
                            + " as they are. The filter is that of the list of tasks. A gateway names an account or a tenant; a user"
                            + " acts on the tasks of their own account.")
    @APIResponseSchema(
            value = BulkAnswer.class,
            responseCode = "202",
            responseDescription =
                    "The task that does it, sent now or by an earlier request with the same idempotency key")
    @APIResponse(responseCode = "200", description = "A dry run: what the action would do. Nothing was sent")
    @Problems({ProblemType.LIST_TOO_BROAD, ProblemType.QUEUE_FULL})
    public Uni<RestResponse<BulkAnswer>> act(
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key, @NotNull @Valid ActionRequest wanted) {
        Caller caller = Caller.of(identity);
        NewTasks.Request context =
                new NewTasks.Request(caller, TasksResource.ACTIONS, key, RequestTrace.of(request), time.now());
        requirePossible(wanted, context.at());
        BulkPlan plan = wanted.plan(account(wanted.filter(), caller));
        if (plan.filter() == null || !plan.filter().filter().isNarrow()) {
            throw new ProblemException(ProblemType.LIST_TOO_BROAD);
        }
        return Boolean.TRUE.equals(wanted.dryRun()) ? requests.preview(plan, context) : requests.send(plan, context);
    }

    private static void requirePossible(ActionRequest wanted, Instant now) {
        NewTasks.requireWithinAYear("run_at", wanted.runAt(), now);
        boolean isMove = wanted.action() == BulkAction.Kind.MOVE;
        boolean hasAim = wanted.lane() != null || wanted.runAt() != null;
        if (isMove != hasAim) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    isMove ? "lane or run_at is needed" : "lane and run_at are for the action move");
        }
    }

    private static @Nullable String account(TaskFilter filter, Caller caller) {
        if (filter.account() != null) {
            caller.requireUseOf(filter.account());
            return filter.account();
        }
        if (!caller.mayUseAll()) {
            return caller.subject();
        }
        if (filter.tenant() == null && caller.roles().stream().noneMatch(OF_ALL::contains)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "A gateway names an account or a tenant");
        }
        return null;
    }
}
