package io.drawdown.billing.api.run;

import io.drawdown.billing.BillingCore;
import io.drawdown.billing.batch.BatchProcess;
import io.drawdown.billing.config.BatchConfig;
import io.drawdown.billing.run.ProcessDocument;
import io.drawdown.billing.run.ProcessTable;
import io.drawdown.billing.run.RunOrder;
import io.drawdown.billing.run.engine.Begun;
import io.drawdown.contracts.BatchRunEvent.Trigger;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Caller;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.time.Time;
import io.quarkus.security.identity.SecurityIdentity;
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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The batch processes of this service, and their switches. */
@Path("/api/v1/batch/processes")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.SERVICE, Role.OPERATOR})
@Tag(name = RunsResource.TAG, description = RunsResource.ABOUT)
public final class ProcessesResource {

    private final BillingCore core;
    private final ProcessTable processes;
    private final BatchConfig config;
    private final CoreLoop loop;
    private final Time time;
    private final SecurityIdentity identity;

    ProcessesResource(
            BillingCore core,
            ProcessTable processes,
            BatchConfig config,
            CoreLoop loop,
            Time time,
            SecurityIdentity identity) {
        this.core = core;
        this.processes = processes;
        this.config = config;
        this.loop = loop;
        this.time = time;
        this.identity = identity;
    }

    /** All processes. */
    @Schema(name = "BatchProcesses")
    public record ProcessesView(List<ProcessView> items) {}

    @GET
    @Operation(operationId = "listProcesses", summary = "Lists the batch processes")
    public Uni<ProcessesView> list() {
        List<String> names = processes.all().stream().map(BatchProcess::name).toList();
        return loop.call(() -> core.writes().processes(names))
                .map(found -> new ProcessesView(found.stream().map(this::view).toList()));
    }

    @POST
    @Path("{process}/pause")
    @Operation(
            operationId = "pauseProcess",
            summary = "Pauses a process",
            description =
                    "Runs that begin later skip it. A run that is under way goes on. What does not wait for a run goes on, too:"
                            + " while `queued_pages` is paused an item is still charged when its payer attaches a card, when Stripe"
                            + " tells something about it, and by `process-now`.")
    @Problems({ProblemType.UNKNOWN_PROCESS})
    public Uni<ProcessView> pause(@PathParam("process") @Pattern(regexp = BatchProcess.NAME_FORM) String process) {
        return paused(process, true);
    }

    @POST
    @Path("{process}/resume")
    @Operation(operationId = "resumeProcess", summary = "Lets a paused process run again")
    @Problems({ProblemType.UNKNOWN_PROCESS})
    public Uni<ProcessView> resume(@PathParam("process") @Pattern(regexp = BatchProcess.NAME_FORM) String process) {
        return paused(process, false);
    }

    @POST
    @Path("{process}/run")
    @Operation(
            operationId = "runProcess",
            summary = "Runs one process now",
            description =
                    "It answers as soon as the run is begun. A process that is paused is skipped. While another run is under"
                            + " way none is begun: `status` is `already_running`, and the other is shown.")
    @APIResponseSchema(value = RunView.class, responseCode = "202", responseDescription = "The run is begun")
    @APIResponse(responseCode = "200", description = "Another run is under way; it is shown")
    @Problems({ProblemType.UNKNOWN_PROCESS})
    public Uni<RestResponse<RunView>> run(
            @PathParam("process") @Pattern(regexp = BatchProcess.NAME_FORM) String process) {
        require(processes, process);
        RunOrder order = RunOrder.of(
                Trigger.OPERATOR,
                Caller.of(identity).subject(),
                List.of(process),
                config.batch().budget().toMillis());
        return loop.call(() -> core.runs().begin(order)).map(this::answer);
    }

    private RestResponse<RunView> answer(Begun begun) {
        return switch (begun) {
            case Begun.Here here -> WorkerResource.accepted(here.run(), time.now());
            case Begun.AlreadyRunning other ->
                RestResponse.ok(RunView.of(other.run(), RunView.Status.ALREADY_RUNNING, time.now()));
        };
    }

    private Uni<ProcessView> paused(String process, boolean isPaused) {
        require(processes, process);
        return loop.call(() -> core.writes().pause(process, isPaused)).map(this::view);
    }

    private ProcessView view(ProcessDocument stored) {
        boolean isScheduled = config.batch().schedule() == BatchConfig.Switch.ON;
        return ProcessView.of(require(processes, stored.id()), stored, isScheduled, time.now());
    }

    static BatchProcess require(ProcessTable processes, String name) {
        return processes.find(name).orElseThrow(() -> new ProblemException(ProblemType.UNKNOWN_PROCESS));
    }
}
