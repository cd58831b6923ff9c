package io.drawdown.sessions.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drawdown.contracts.AccountId;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Caller;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.trace.RequestTrace;
import io.drawdown.sessions.SessionsCore;
import io.drawdown.sessions.api.GatewaySessionsResource.UsageReport;
import io.drawdown.sessions.document.SessionState;
import io.drawdown.sessions.document.SessionView;
import io.drawdown.sessions.gateway.Report;
import io.drawdown.sessions.gateway.Report.Step;
import io.drawdown.sessions.protocol.PauseWish;
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
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Sessions as gateways, operators and their own users read and end them. */
@Path("/api/v1/sessions")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.USER, Role.GATEWAY, Role.OPERATOR})
@Tag(
        name = "Sessions",
        description =
                "Live sessions, as gateways, operators and their own users read and end them; they are started over the socket, or by gateways without one")
public final class SessionsResource {

    private static final String STATED =
            "A gateway states the total of a session without a socket in the body. Without one, the total is what was stated"
                    + " last, or what the owner of the session knows";

    static final String SESSION_ID = "[A-Za-z0-9_]{1,64}";

    private final SessionsCore core;
    private final CoreLoop loop;
    private final SecurityIdentity identity;
    private final HttpServerRequest request;
    private final UsageTotals totals;

    SessionsResource(
            SessionsCore core,
            CoreLoop loop,
            SecurityIdentity identity,
            HttpServerRequest request,
            UsageTotals totals) {
        this.core = core;
        this.loop = loop;
        this.identity = identity;
        this.request = request;
        this.totals = totals;
    }

    /**
     * A page of sessions.
     *
     * @param nextCursor absent on the last page
     */
    @Schema(name = "SessionPage")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Page(List<SessionView> items, @Nullable String nextCursor) {}

    /**
     * How a session is paused.
     *
     * @param usedMillis its total, if its gateway states that
     * @param release whether the credits that it holds and does not use come back until it goes on
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PauseRequest(
            @Min(0) @Max(GatewaySessionsResource.MOST_MILLIS) @Nullable
            Long usedMillis,

            @Nullable Boolean release) {

        static final PauseRequest NONE = new PauseRequest(null, null);
    }

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
            summary = "Ends one session; the answer shows its state after at most two seconds",
            description = STATED)
    @RequestBody(
            required = false,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = UsageReport.class)))
    @Problems({ProblemType.SESSION_NOT_FOUND, ProblemType.SESSION_ELSEWHERE})
    public Uni<SessionView> end(@PathParam("id") @Pattern(regexp = SESSION_ID) String id, @Nullable String body) {
        TraceContext trace = RequestTrace.of(request);
        Long total = total(body);
        return total == null && Caller.of(identity).isOperator()
                ? loop.call(() -> core.end(id, EndReason.OPERATOR, trace)).map(this::visible)
                : wanted(id, Step.END, total, () -> core.end(id, EndReason.USER, trace));
    }

    @POST
    @Path("/{id}/pause")
    @Operation(
            operationId = "pauseSession",
            summary = "Pauses one session: neither served nor charged, for ten minutes at most",
            description = "Its credits stay held, or with `release` come back until it goes on. " + STATED)
    @RequestBody(
            required = false,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = PauseRequest.class)))
    @Problems({ProblemType.SESSION_NOT_FOUND, ProblemType.SESSION_ELSEWHERE, ProblemType.OUTCOME_UNKNOWN})
    public Uni<SessionView> pause(@PathParam("id") @Pattern(regexp = SESSION_ID) String id, @Nullable String body) {
        PauseRequest wanted = totals.readPause(body, Caller.of(identity));
        PauseWish wish = Boolean.TRUE.equals(wanted.release()) ? PauseWish.RELEASE : PauseWish.PAUSE;
        Step step = wish.isReleased() ? Step.RELEASE : Step.PAUSE;
        return wanted(id, step, wanted.usedMillis(), () -> pause(id, wish));
    }

    @POST
    @Path("/{id}/resume")
    @Operation(operationId = "resumeSession", summary = "Ends the pause of one session", description = STATED)
    @RequestBody(
            required = false,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = UsageReport.class)))
    @Problems({ProblemType.SESSION_NOT_FOUND, ProblemType.SESSION_ELSEWHERE, ProblemType.OUTCOME_UNKNOWN})
    public Uni<SessionView> resume(@PathParam("id") @Pattern(regexp = SESSION_ID) String id, @Nullable String body) {
        return wanted(id, Step.RESUME, total(body), () -> pause(id, PauseWish.GO_ON));
    }

    private @Nullable Long total(@Nullable String body) {
        UsageReport stated = totals.read(body, Caller.of(identity));
        return stated == null ? null : stated.usedMillis();
    }

    /** @param ofSocket what happens to a session that its gateway does not state */
    private Uni<SessionView> wanted(
            String id, Step step, @Nullable Long total, Supplier<Uni<Optional<SessionView>>> ofSocket) {
        Report report = new Report(step, total == null ? 0 : total, RequestTrace.of(request));
        return loop.call(() -> core.read(id)).map(this::visible).chain(view -> {
            boolean isReported = total != null || view.state() == SessionState.Name.REPORTED;
            return isReported
                    ? loop.call(() -> core.gateways().report(id, report))
                            .map(reply -> GatewayReplies.view(reply, report))
                    : loop.call(ofSocket).map(this::visible);
        });
    }

    /** A session that is over is answered as it is. */
    private Uni<Optional<SessionView>> pause(String id, PauseWish wish) {
        return core.requests().pause(id, wish);
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
