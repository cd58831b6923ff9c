package io.drawdown.billing.api.run;

import io.drawdown.billing.run.RunDocument;
import io.drawdown.billing.run.engine.RunIds;
import io.drawdown.billing.run.store.RunStore;
import io.drawdown.billing.run.store.RunStores;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The runs that are kept, and the one that is under way. */
@Path(RunView.RUNS)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.SERVICE, Role.OPERATOR})
@Tag(name = RunsResource.TAG, description = RunsResource.ABOUT)
public final class RunsResource {

    static final String TAG = "Batch";
    static final String ABOUT = "Batch processes and their runs";

    private final RunStore store;
    private final CoreLoop loop;
    private final Time time;

    RunsResource(RunStores stores, CoreLoop loop, Time time) {
        this.store = stores.runs();
        this.loop = loop;
        this.time = time;
    }

    /** @param nextCursor for the next page; null on the last one */
    @Schema(name = "BatchRuns")
    public record RunsView(List<RunView> items, @Nullable String nextCursor) {}

    @GET
    @Operation(operationId = "listRuns", summary = "Lists runs, the latest first")
    public Uni<RunsView> list(
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        if (cursor != null && !cursor.matches(RunIds.FORM)) {
            throw new ProblemException(ProblemType.INVALID_CURSOR);
        }
        return loop.call(() -> store.page(cursor, limit + 1)).map(found -> page(found, limit));
    }

    private RunsView page(List<RunDocument> found, int limit) {
        List<RunView> items = found.stream()
                .limit(limit)
                .map(run -> RunView.of(run, time.now()))
                .toList();
        return new RunsView(items, found.size() > limit ? found.get(limit - 1).id() : null);
    }

    @GET
    @Path("{id}")
    @Operation(
            operationId = "readRun",
            summary = "Shows a run",
            description = "While it is under way, in whatever instance, its figures are at most about a second old.")
    @Problems({ProblemType.RUN_NOT_FOUND})
    public Uni<RunView> read(@PathParam("id") @Pattern(regexp = RunIds.FORM) String id) {
        return loop.call(() -> store.get(id)).map(found -> found.map(run -> RunView.of(run, time.now()))
                .orElseThrow(() -> new ProblemException(ProblemType.RUN_NOT_FOUND)));
    }
}
