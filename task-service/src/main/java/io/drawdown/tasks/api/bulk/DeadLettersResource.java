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
import io.drawdown.tasks.api.TaskListResource.TaskPage;
import io.drawdown.tasks.api.bulk.BulkRequests.BulkAnswer;
import io.drawdown.tasks.bulk.BulkAction;
import io.drawdown.tasks.bulk.BulkPlan;
import io.drawdown.tasks.config.TaskTypeName;
import io.drawdown.tasks.store.DeadLetters;
import io.drawdown.tasks.task.TaskState.Letter;
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
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Dead tasks, by what they died of. */
@Path(DeadLettersResource.DEAD_LETTERS)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.GATEWAY, Role.SERVICE, Role.OPERATOR})
@Tag(name = "Dead letters", description = "Tasks whose attempts all failed, by what they died of")
public final class DeadLettersResource {

    static final String DEAD_LETTERS = "/api/v1/dead-letters";

    /** Of a group, as a regular expression. */
    static final String GROUP = "[0-9a-f]{32}";

    private final DeadLetters letters;
    private final BulkRequests requests;
    private final Time time;
    private final SecurityIdentity identity;
    private final HttpServerRequest request;

    DeadLettersResource(
            DeadLetters letters,
            BulkRequests requests,
            Time time,
            SecurityIdentity identity,
            HttpServerRequest request) {
        this.letters = letters;
        this.requests = requests;
        this.time = time;
        this.identity = identity;
        this.request = request;
    }

    @GET
    @Operation(
            operationId = "listDeadGroups",
            summary = "Groups dead tasks by what they died of",
            description =
                    "A group is one type, reason and error, and messages that differ only in ids, numbers and quoted"
                            + " values. The 10,000 tasks that died last are counted; `at_least` says whether there are more.")
    public Uni<DeadGroups> groups(
            @QueryParam("type") @Nullable @Pattern(regexp = TaskTypeName.FORM) String type,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        return DeadGroups.read(letters, type, limit);
    }

    /**
     * @param limit absent: as many as one action may have
     * @param dryRun absent: false
     */
    public record ReplayRequest(
            @Nullable @Min(1) @Max(BulkPlan.MOST) Integer limit,
            @Nullable Boolean dryRun) {}

    @POST
    @Path("{group}/replay")
    @RolesAllowed({Role.SERVICE, Role.OPERATOR})
    @Consumes(MediaType.APPLICATION_JSON)
    @OptionalKey
    @Operation(
            operationId = "replayDeadTasks",
            summary = "Begins the next life of the tasks of a group",
            description =
                    "Those that died last come first, at most `limit`. A task of the type `bulk_action` does it, and"
                            + " shows how far it is. A task that dies after this request is left as it is.")
    @APIResponseSchema(
            value = BulkAnswer.class,
            responseCode = "202",
            responseDescription =
                    "The task that does it, sent now or by an earlier request with the same idempotency key")
    @APIResponse(responseCode = "200", description = "A dry run: how many tasks it would be. Nothing was sent")
    @Problems({ProblemType.QUEUE_FULL})
    public Uni<RestResponse<BulkAnswer>> replay(
            @PathParam("group") @Pattern(regexp = GROUP) String group,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @NotNull @Valid ReplayRequest wanted) {
        NewTasks.Request context = new NewTasks.Request(
                Caller.of(identity), DEAD_LETTERS + "/replay", key, RequestTrace.of(request), time.now());
        int most = wanted.limit() == null ? BulkPlan.MOST : wanted.limit();
        BulkPlan plan = new BulkPlan(BulkAction.RETRY, null, group, null, most);
        return Boolean.TRUE.equals(wanted.dryRun()) ? requests.preview(plan, context) : requests.send(plan, context);
    }

    @GET
    @Path("{group}")
    @Operation(
            operationId = "listDeadTasks",
            summary = "Lists the tasks of a group, those that died last first",
            description = "A group without a dead task, or of which none was heard, is empty.")
    public Uni<TaskPage> tasks(
            @PathParam("group") @Pattern(regexp = GROUP) String group,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        if (cursor != null && !cursor.matches(Letter.FORM)) {
            throw new ProblemException(ProblemType.INVALID_CURSOR);
        }
        return letters.ofGroup(group, cursor == null ? DeadLetters.END : cursor, limit + 1)
                .map(found -> TaskPage.ofGroup(found, limit));
    }
}
