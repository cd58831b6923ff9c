package io.drawdown.sessions.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drawdown.contracts.AccountId;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Caller;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.trace.RequestTrace;
import io.drawdown.sessions.SessionsCore;
import io.drawdown.sessions.document.SessionView;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Sessions as gateways, operators and their own users read and end them. */
@Path("/api/v1/sessions")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.USER, Role.GATEWAY, Role.OPERATOR})
@Tag(
        name = "Sessions",
        description =
                "Live sessions, as gateways, operators and their own users read and end them; they are started over the socket")
public final class SessionsResource {

    private static final String SESSION_ID = "[A-Za-z0-9_]{1,64}";

    private final SessionsCore core;
    private final CoreLoop loop;
    private final SecurityIdentity identity;
    private final HttpServerRequest request;

    SessionsResource(SessionsCore core, CoreLoop loop, SecurityIdentity identity, HttpServerRequest request) {
        this.core = core;
        this.loop = loop;
        this.identity = identity;
        this.request = request;
    }

    /**
     * A page of sessions.
     *
     * @param nextCursor absent on the last page
     */
    @Schema(name = "SessionPage")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Page(List<SessionView> items, @Nullable String nextCursor) {}

    @GET
    @Operation(
            operationId = "listSessions",
            summary = "Lists sessions, of one account or of all, in order of their ids")
    public Uni<Page> list(
            @QueryParam("account") @Pattern(regexp = AccountId.FORM) @Nullable String account,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(500) int limit) {
        String visible = visible(account);
        if (cursor != null && !cursor.matches(SESSION_ID)) {
            throw new ProblemException(ProblemType.INVALID_CURSOR);
        }
        return loop.call(() -> core.list(visible, cursor, limit + 1)).map(found -> page(found, limit));
    }

    @GET
    @Path("/{id}")
    @Operation(
            operationId = "getSession",
            summary = "Reads one session; its usage is exact if it has ended or this instance runs it")
    @Problems({ProblemType.SESSION_NOT_FOUND})
    public Uni<SessionView> read(@PathParam("id") @Pattern(regexp = SESSION_ID) String id) {
        return loop.call(() -> core.read(id)).map(this::visible);
    }

    @POST
    @Path("/{id}/end")
    @Operation(
            operationId = "endSession",
            summary = "Ends one session; the answer shows its state after at most two seconds")
    @Problems({ProblemType.SESSION_NOT_FOUND})
    public Uni<SessionView> end(@PathParam("id") @Pattern(regexp = SESSION_ID) String id) {
        TraceContext trace = RequestTrace.of(request);
        return loop.call(() -> core.read(id))
                .map(this::visible)
                .chain(() -> loop.call(() -> core.end(id, trace)))
                .map(this::visible);
    }

    @POST
    @Path("/{id}/pause")
    @Operation(
            operationId = "pauseSession",
            summary = "Pauses one session: neither served nor charged, its credits held, for ten minutes at most")
    @Problems({ProblemType.SESSION_NOT_FOUND, ProblemType.OUTCOME_UNKNOWN})
    public Uni<SessionView> pause(@PathParam("id") @Pattern(regexp = SESSION_ID) String id) {
        return pause(id, true);
    }

    @POST
    @Path("/{id}/resume")
    @Operation(operationId = "resumeSession", summary = "Ends the pause of one session")
    @Problems({ProblemType.SESSION_NOT_FOUND, ProblemType.OUTCOME_UNKNOWN})
    public Uni<SessionView> resume(@PathParam("id") @Pattern(regexp = SESSION_ID) String id) {
        return pause(id, false);
    }

    /** A session that is over is answered as it is. */
    private Uni<SessionView> pause(String id, boolean isWanted) {
        return loop.call(() -> core.read(id))
                .map(this::visible)
                .chain(() -> loop.call(() -> core.requests().pause(id, isWanted)))
                .map(this::visible)
                .invoke(view -> {
                    if (view.isOpen() && view.isPaused() != isWanted) {
                        throw new ProblemException(ProblemType.OUTCOME_UNKNOWN);
                    }
                });
    }

    /** A user sees the sessions of their own account only. */
    private @Nullable String visible(@Nullable String account) {
        Caller caller = Caller.of(identity);
        if (account != null) {
            caller.requireUseOf(account);
            return account;
        }
        return caller.mayUseAll() ? null : caller.subject();
    }

    /** For a caller who may not use its account there is no such session. */
    private SessionView visible(Optional<SessionView> found) {
        return found.filter(session -> Caller.of(identity).mayUse(session.accountId()))
                .orElseThrow(() -> new ProblemException(ProblemType.SESSION_NOT_FOUND));
    }

    private static Page page(List<SessionView> found, int limit) {
        boolean isLast = found.size() <= limit;
        List<SessionView> items = isLast ? found : found.subList(0, limit);
        return new Page(items, isLast ? null : items.getLast().id());
    }
}
