package io.drawdown.billing.api.run;

import io.drawdown.billing.BillingCore;
import io.drawdown.billing.batch.BatchProcess;
import io.drawdown.billing.run.ProcessTable;
import io.drawdown.billing.run.RunDocument;
import io.drawdown.billing.run.RunOrder;
import io.drawdown.billing.run.RunSettings;
import io.drawdown.billing.run.engine.Begun;
import io.drawdown.contracts.BatchRunEvent.Trigger;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** What a cron calls: one address for all batch processes. */
@Path("/api/worker/queue_worker")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
@Tag(name = RunsResource.TAG, description = RunsResource.ABOUT)
public final class WorkerResource {

    private static final String ASYNC = "respond-async";

    private final BillingCore core;
    private final ProcessTable processes;
    private final RunSettings settings;
    private final CoreLoop loop;
    private final Time time;

    WorkerResource(BillingCore core, ProcessTable processes, RunSettings settings, CoreLoop loop, Time time) {
        this.core = core;
        this.processes = processes;
        this.settings = settings;
        this.loop = loop;
        this.time = time;
    }

    @POST
    @WorkerAccess
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "runProcesses",
            summary = "Runs batch processes",
            description =
                    "It answers when the run has ended, with what became of each process; a process that fails changes no"
                            + " status. With `Prefer: respond-async` it answers as soon as the run is begun. While another run is under"
                            + " way none is begun: `status` is `already_running`, and the other is shown.")
    @APIResponseSchema(
            value = RunView.class,
            responseCode = "200",
            responseDescription = "The run, or the one under way")
    @APIResponse(
            responseCode = "202",
            description =
                    "The run goes on: by the wish of the caller, or in another instance; `Location` has its address")
    @Problems({
        ProblemType.UNAUTHENTICATED,
        ProblemType.NOT_CONFIGURED,
        ProblemType.UNKNOWN_PROCESS,
        ProblemType.RATE_LIMITED,
        ProblemType.MALFORMED_JSON,
        ProblemType.PAYLOAD_TOO_LARGE,
        ProblemType.UNSUPPORTED_MEDIA_TYPE
    })
    public Uni<RestResponse<RunView>> run(
            @HeaderParam(WorkerGate.HEADER) @Nullable String secret,
            @HeaderParam("Prefer") @Nullable String prefer,
            @RequestBody(required = false) @Nullable @Valid RunRequest body) {
        RunRequest wanted = body == null ? RunRequest.PLAIN : body;
        RunOrder order = order(wanted);
        if (order.isDry()) {
            return loop.call(() -> dry(order)).map(run -> RestResponse.ok(RunView.of(run, time.now())));
        }
        boolean isAsync = prefer != null && prefer.contains(ASYNC);
        return loop.call(() -> core.runs().begin(order)).chain(begun -> answer(begun, isAsync));
    }

    private RunOrder order(RunRequest wanted) {
        if (wanted.asOf() != null && !wanted.isDry()) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "as_of needs dry_run");
        }
        long budget = wanted.budgetSeconds() == null ? settings.budget().toMillis() : wanted.budgetSeconds() * 1_000;
        return new RunOrder(Trigger.WORKER, null, names(wanted), budget, null, wanted.isDry(), wanted.asOf());
    }

    private List<String> names(RunRequest wanted) {
        if (wanted.processes() == null) {
            return processes.all().stream().map(BatchProcess::name).toList();
        }
        if (new HashSet<>(wanted.processes()).size() < wanted.processes().size()) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "processes has a name twice");
        }
        wanted.processes().forEach(name -> ProcessesResource.require(processes, name));
        return wanted.processes();
    }

    private Uni<RunDocument> dry(RunOrder order) {
        return core.runs()
                .dryRun(order)
                .orElseThrow(
                        () -> new ProblemException(ProblemType.RATE_LIMITED, "This instance has a dry run already"));
    }

    private Uni<RestResponse<RunView>> answer(Begun begun, boolean isAsync) {
        return switch (begun) {
            case Begun.AlreadyRunning other ->
                Uni.createFrom()
                        .item(RestResponse.ok(RunView.of(other.run(), RunView.Status.ALREADY_RUNNING, time.now())));
            case Begun.Here here when isAsync -> Uni.createFrom().item(accepted(here.run()));
            case Begun.Here here -> loop.call(here::whenOver).map(this::ended);
        };
    }

    private RestResponse<RunView> ended(RunDocument run) {
        return run.isOver() ? RestResponse.ok(RunView.of(run, time.now())) : accepted(run);
    }

    private RestResponse<RunView> accepted(RunDocument run) {
        return accepted(run, time.now());
    }

    static RestResponse<RunView> accepted(RunDocument run, Instant now) {
        return ResponseBuilder.<RunView>create(202)
                .entity(RunView.of(run, now))
                .location(URI.create(RunView.addressOf(run.id())))
                .build();
    }
}
