package io.drawdown.tasks.api.lease;

import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.idempotency.IdempotencyKey;
import io.drawdown.kit.idempotency.RequestHash;
import io.drawdown.kit.openapi.OptionalKey;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Caller;
import io.drawdown.kit.security.Role;
import io.drawdown.tasks.TasksCore;
import io.drawdown.tasks.api.TaskRequest;
import io.drawdown.tasks.api.TasksResource;
import io.drawdown.tasks.config.TaskType;
import io.drawdown.tasks.config.TaskTypeName;
import io.drawdown.tasks.config.TaskTypes;
import io.drawdown.tasks.external.LeaseRequest;
import io.drawdown.tasks.external.Leased;
import io.drawdown.tasks.external.Worker;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** How workers that live elsewhere get tasks. */
@Path(LeasesResource.LEASES)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.GATEWAY, Role.SERVICE})
@Tag(name = LeasesResource.TAG, description = LeasesResource.ABOUT)
public final class LeasesResource {

    static final String LEASES = TasksResource.TASKS + "/leases";
    static final String TAG = "Workers elsewhere";
    static final String ABOUT = "How a worker that lives elsewhere leases tasks, and says what becomes of them";

    private final TasksCore core;
    private final CoreLoop loop;
    private final TaskTypes types;
    private final Visibility visibility;
    private final SecurityIdentity identity;

    LeasesResource(TasksCore core, CoreLoop loop, TaskTypes types, Visibility visibility, SecurityIdentity identity) {
        this.core = core;
        this.loop = loop;
        this.types = types;
        this.visibility = visibility;
        this.identity = identity;
    }

    /**
     * What a worker wants.
     *
     * @param max absent: one
     * @param waitSeconds absent: {@link #NORMAL_WAIT}
     */
    public record LeaseWish(
            @NotNull @Pattern(regexp = WORKER) String worker,

            @NotNull @Size(min = 1, max = 32) List<@NotNull @Pattern(regexp = TaskTypeName.FORM) String> types,

            @Nullable @Min(1) @Max(LeaseRequest.MOST) Integer max,
            @Nullable @Min(1) @Max(TaskRequest.DAY) Long visibilitySeconds,
            @Nullable @Min(0) @Max(30) Integer waitSeconds) {

        static final String WORKER = "^[A-Za-z0-9_.-]{1,64}$";
        static final int NORMAL_WAIT = 20;
    }

    /** The leases of a request. */
    @Schema(name = "Leases")
    public record LeasesView(List<LeaseView> items) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @OptionalKey
    @Operation(
            operationId = "leaseTasks",
            summary = "Leases tasks for a worker that lives elsewhere",
            description =
                    "Waits for the first one. Each is the worker's until `leased_until`, which `extend` moves; then it counts"
                            + " as crashed, until the worker says something of it. If an answer is lost, a repeat with the same"
                            + " key is answered the same leases, less those that are over; it never leases others. An empty"
                            + " answer with `Idempotency-Replayed: true` means that all are over, or were never written: the"
                            + " worker goes on with a new key.")
    @APIResponseSchema(
            value = LeasesView.class,
            responseCode = "200",
            responseDescription = "The leases, none if there was no task in time")
    @Problems({ProblemType.UNKNOWN_TASK_TYPE, ProblemType.TASK_TYPE_NOT_EXTERNAL, ProblemType.IDEMPOTENCY_KEY_REUSED})
    public Uni<RestResponse<LeasesView>> lease(
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key, @NotNull @Valid LeaseWish wanted) {
        LeaseRequest request = request(key, wanted);
        return loop.call(() -> core.external().lease(request))
                .onCancellation()
                .invoke(() -> loop.execute(() -> core.external().withdraw(request)))
                .map(this::answer);
    }

    private LeaseRequest request(@Nullable String key, LeaseWish wanted) {
        wanted.types().forEach(this::requireExternal);
        List<String> sorted = wanted.types().stream().distinct().sorted().toList();
        int most = Objects.requireNonNullElse(wanted.max(), 1);
        Duration silent = visibility.of(wanted.visibilitySeconds());
        return new LeaseRequest(
                new Worker(Caller.of(identity).subject(), wanted.worker()),
                sorted,
                most,
                silent,
                Duration.ofSeconds(Objects.requireNonNullElse(wanted.waitSeconds(), LeaseWish.NORMAL_WAIT)),
                key == null ? null : key(key, new LeaseWish(wanted.worker(), sorted, most, silent.toSeconds(), null)));
    }

    /** How long it waits is not what the request is decided by. */
    private static LeaseRequest.Key key(String key, LeaseWish decided) {
        if (!IdempotencyKey.isSane(key)) {
            throw new ProblemException(ProblemType.IDEMPOTENCY_KEY_REQUIRED);
        }
        return new LeaseRequest.Key(key, RequestHash.of("POST", LEASES, decided));
    }

    private void requireExternal(String name) {
        TaskType type = types.find(name)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.UNKNOWN_TASK_TYPE, "type " + name + " is none of this service"));
        if (type.isHandledHere()) {
            throw new ProblemException(
                    ProblemType.TASK_TYPE_NOT_EXTERNAL, "type " + name + " has its handler in this service");
        }
    }

    private RestResponse<LeasesView> answer(Leased leased) {
        return switch (leased) {
            case Leased.Granted(var tasks, var isRepeated) ->
                ResponseBuilder.ok(new LeasesView(tasks.stream()
                                .map(task -> LeaseView.of(
                                        task, types.policyOf(task.spec().type())))
                                .toList()))
                        .header(TasksResource.REPLAYED, isRepeated)
                        .build();
            case Leased.KeyReused() -> throw new ProblemException(ProblemType.IDEMPOTENCY_KEY_REUSED);
        };
    }
}
