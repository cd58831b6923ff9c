package io.drawdown.tasks.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.idempotency.IdempotencyKey;
import io.drawdown.kit.openapi.OptionalKey;
import io.drawdown.kit.problem.LargeBody;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Caller;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.time.Time;
import io.drawdown.kit.trace.RequestTrace;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** How many tasks are sent at once. Each is accepted or refused alone. */
@Path(TasksResource.TASKS)
@jakarta.ws.rs.Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.USER, Role.GATEWAY, Role.SERVICE, Role.OPERATOR})
@Tag(name = TasksResource.TAG, description = TasksResource.ABOUT)
public final class BatchResource {

    static final String BATCH = TasksResource.TASKS + "/batch";

    /** What Quarkus reads at most is as much. */
    private static final long LARGEST = 4L * 1024 * 1024;

    private final CoreLoop loop;
    private final BatchReader reader;
    private final Sending sending;
    private final Time time;
    private final SecurityIdentity identity;
    private final HttpServerRequest request;

    BatchResource(
            CoreLoop loop,
            BatchReader reader,
            Sending sending,
            Time time,
            SecurityIdentity identity,
            HttpServerRequest request) {
        this.loop = loop;
        this.reader = reader;
        this.sending = sending;
        this.time = time;
        this.identity = identity;
        this.request = request;
    }

    /** @param tasks stored in this order, as far as one can tell; each is read alone */
    public record Batch(
            @NotNull @Size(min = 1, max = 1_000) @Schema(type = SchemaType.ARRAY, implementation = TaskRequest.class)
            List<@NotNull ObjectNode> tasks) {}

    /** What became of each task of the batch, in its order. */
    public record BatchAnswer(List<BatchItem> items) {}

    /**
     * What became of one task.
     *
     * @param status what it would have been answered with alone
     * @param replayed true if it was sent before, under the same key; else absent
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record BatchItem(
            int status,
            @Nullable Boolean replayed,
            @Nullable TaskView task,
            @Nullable ItemProblem problem) {

        static BatchItem of(Sent sent) {
            return new BatchItem(
                    sent.status(),
                    sent.isRepeated() ? true : null,
                    TaskView.of(sent.task(), false, sent.isHolder()),
                    null);
        }

        static BatchItem of(Throwable fault) {
            return switch (fault) {
                case ProblemException problem -> of(problem.type(), problem.detail());
                case Unavailable _ -> of(ProblemType.UNAVAILABLE, ProblemType.UNAVAILABLE.title());
                case OutcomeUnknown _ -> of(ProblemType.OUTCOME_UNKNOWN, ProblemType.OUTCOME_UNKNOWN.title());
                default -> of(ProblemType.INTERNAL, ProblemType.INTERNAL.title());
            };
        }

        private static BatchItem of(ProblemType type, String detail) {
            return new BatchItem(type.status(), null, null, new ItemProblem(type, type.title(), type.status(), detail));
        }
    }

    /** Why one task was refused. */
    public record ItemProblem(ProblemType type, String title, int status, String detail) {}

    @Produces
    @Singleton
    static LargeBody largeBody() {
        return new LargeBody(BATCH, LARGEST);
    }

    @POST
    @Path("batch")
    @Consumes(MediaType.APPLICATION_JSON)
    @OptionalKey
    @Operation(
            operationId = "sendTasks",
            summary = "Sends up to 1,000 tasks",
            description =
                    "If the body is no list of objects, none is stored. Else each is accepted or refused alone, whatever is wrong"
                            + " with it, and `items` says what became of each, in the same order. The key covers each by its"
                            + " place.")
    @APIResponseSchema(
            value = BatchAnswer.class,
            responseCode = "200",
            responseDescription = "What became of each; the header says whether all were sent before")
    public Uni<RestResponse<BatchAnswer>> send(
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key, @NotNull @Valid Batch batch) {
        Caller caller = Caller.of(identity);
        NewTasks.Request context = new NewTasks.Request(caller, BATCH, key, RequestTrace.of(request), time.now());
        List<Uni<BatchItem>> items = new ArrayList<>();
        for (int item = 0; item < batch.tasks().size(); item++) {
            items.add(item(batch.tasks().get(item), context, item));
        }
        return loop.call(() -> Uni.join().all(items).andFailFast()).map(BatchResource::answer);
    }

    private static RestResponse<BatchAnswer> answer(List<BatchItem> items) {
        boolean isRepeated = items.stream().allMatch(item -> item.replayed() != null);
        return ResponseBuilder.ok(new BatchAnswer(items))
                .header(TasksResource.REPLAYED, isRepeated)
                .build();
    }

    private Uni<BatchItem> item(ObjectNode wanted, NewTasks.Request context, int item) {
        try {
            return sending.send(reader.read(wanted), context, item)
                    .map(sent -> BatchItem.of(sent))
                    .onFailure()
                    .recoverWithItem(fault -> BatchItem.of(fault));
        } catch (ProblemException refused) {
            return Uni.createFrom().item(BatchItem.of(refused));
        }
    }
}
