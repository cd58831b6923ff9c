package io.drawdown.checkpoints.runs;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.security.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The runs, for operators. */
@Path("/api/v1/checkpoints/runs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.OPERATOR, Role.GATEWAY})
@Tag(name = "Checkpoints", description = "The cycles in which the usage of running sessions is reported")
public final class RunsResource {

    private static final Pattern CURSOR = Pattern.compile("[0-9]{13}:[A-Za-z0-9_.:-]{1,128}");

    private final MongoRuns runs;

    RunsResource(MongoRuns runs) {
        this.runs = runs;
    }

    @GET
    @Operation(operationId = "listRuns", summary = "Lists the cycles of all workers, newest first")
    public Uni<Page> list(
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @QueryParam("cursor") @Nullable String cursor) {
        if (cursor != null && !CURSOR.matcher(cursor).matches()) {
            throw new ProblemException(ProblemType.INVALID_CURSOR);
        }
        return runs.page(cursor, limit + 1).map(found -> Page.of(found, limit));
    }

    /** @param nextCursor for the next page; absent on the last one */
    @Schema(name = "RunPage")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Page(List<Item> items, @Nullable String nextCursor) {

        static Page of(List<Run> found, int limit) {
            List<Item> items = found.stream().limit(limit).map(Item::of).toList();
            return new Page(items, found.size() > limit ? items.getLast().id() : null);
        }
    }

    /** One cycle of one worker. */
    @Schema(name = "Run")
    // More than 8 components: flat on the wire.
    public record Item(
            String id,
            String worker,
            Instant startedAt,
            long intervalMillis,
            int partitions,
            int sessions,
            long emitted,
            long records,
            long failures,
            long forgotten,
            int backlog,
            long lagMillis,
            long elapsedMillis) {

        static Item of(Run run) {
            return new Item(
                    run.id(),
                    run.worker(),
                    run.startedAt(),
                    run.intervalMillis(),
                    run.partitions(),
                    run.sessions(),
                    run.emitted(),
                    run.records(),
                    run.failures(),
                    run.forgotten(),
                    run.backlog(),
                    run.lagMillis(),
                    run.elapsedMillis());
        }
    }
}
