package io.drawdown.sessions.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drawdown.contracts.AccountId;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.TariffName;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.idempotency.IdempotencyKey;
import io.drawdown.kit.idempotency.RequestHash;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.trace.RequestTrace;
import io.drawdown.sessions.SessionsCore;
import io.drawdown.sessions.document.SessionIds;
import io.drawdown.sessions.document.SessionView;
import io.drawdown.sessions.gateway.GatewaySessions.Addressed;
import io.drawdown.sessions.gateway.GatewayStart;
import io.drawdown.sessions.gateway.Reply;
import io.drawdown.sessions.gateway.Report;
import io.drawdown.sessions.gateway.Report.Step;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
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
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** Sessions of gateways that have no socket here: they state the totals themselves, at any instance. */
@Path(GatewaySessionsResource.SESSIONS)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.GATEWAY, Role.OPERATOR})
@Tag(
        name = "Sessions of gateways",
        description =
                "Sessions without a socket: the gateway that serves them states how much was used, at any instance")
public final class GatewaySessionsResource {

    static final String SESSIONS = "/api/v1/sessions";

    /** Every reader of JSON keeps such a number exactly. */
    static final long MOST_MILLIS = (1L << 53) - 1;

    /** Says whether the answer is that of an earlier request with the same key. */
    static final String REPLAYED = "Idempotency-Replayed";

    private final SessionsCore core;
    private final CoreLoop loop;
    private final HttpServerRequest request;

    GatewaySessionsResource(SessionsCore core, CoreLoop loop, HttpServerRequest request) {
        this.core = core;
        this.loop = loop;
        this.request = request;
    }

    /** The session that a gateway starts. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StartRequest(
            @NotNull @Pattern(regexp = AccountId.FORM) String account,
            @NotNull @Pattern(regexp = TariffName.FORM) String kind) {}

    /** A total that a gateway states. */
    public record UsageReport(
            @NotNull @Min(0) @Max(MOST_MILLIS) Long usedMillis) {}

    /** The totals of several sessions. */
    public record UsageReports(
            @NotNull @Valid @Size(min = 1, max = 500) List<@NotNull SessionUsage> items) {}

    /** The total of one of several sessions. */
    public record SessionUsage(
            @NotNull @Pattern(regexp = SessionsResource.SESSION_ID)
            String id,

            @NotNull @Min(0) @Max(MOST_MILLIS) Long usedMillis) {}

    /** What became of each report, in the order of the request. */
    public record ReportAnswers(List<ReportAnswer> items) {}

    /**
     * What became of one report.
     *
     * @param status what it would have been answered with alone
     * @param session as it stands, if status is 200
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ReportAnswer(
            String id,
            int status,
            @Nullable SessionView session,
            @Nullable ReportProblem problem) {}

    /** Why one report was not taken. */
    public record ReportProblem(ProblemType type, String title, int status, String detail) {}

    @POST
    @Operation(operationId = "startSession", summary = "Starts a session whose usage its gateway states")
    @APIResponseSchema(value = SessionView.class, responseCode = "201", responseDescription = "It runs from now on")
    @APIResponse(responseCode = "200", description = "An earlier request with the same key began it; so it stands now")
    @Problems({
        ProblemType.INSUFFICIENT_CREDITS,
        ProblemType.ACCOUNT_NOT_FOUND,
        ProblemType.ACCOUNT_SUSPENDED,
        ProblemType.ACCOUNT_CLOSED,
        ProblemType.UNKNOWN_KIND,
        ProblemType.KIND_NOT_IN_PLAN,
        ProblemType.TOO_MANY_HOLDS,
        ProblemType.TOO_MANY_SESSIONS,
        ProblemType.ACCOUNT_BUSY
    })
    public Uni<RestResponse<SessionView>> start(
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key, @NotNull @Valid StartRequest wanted) {
        IdempotencyKey.ofClient(wanted.account(), key);
        GatewayStart start = new GatewayStart(
                SessionIds.of(wanted.account(), String.valueOf(key)),
                wanted.account(),
                wanted.kind(),
                RequestHash.of("POST", SESSIONS, wanted),
                trace());
        return loop.call(() -> core.gateways().start(start)).map(GatewaySessionsResource::started);
    }

    @POST
    @Path("/{id}/heartbeat")
    @Operation(
            operationId = "reportUsage",
            summary = "States the total of a session, running or paused; due at least once a minute")
    @Problems({ProblemType.SESSION_NOT_FOUND, ProblemType.SESSION_ELSEWHERE})
    public Uni<SessionView> heartbeat(
            @PathParam("id") @Pattern(regexp = SessionsResource.SESSION_ID) String id,
            @NotNull @Valid UsageReport report) {
        Report total = new Report(Step.GO_ON, report.usedMillis(), trace());
        return loop.call(() -> core.gateways().report(id, total)).map(reply -> GatewayReplies.view(reply, total));
    }

    @POST
    @Path("/heartbeats")
    @Operation(
            operationId = "reportUsages",
            summary = "States the totals of up to 500 sessions",
            description = "Each is taken or refused alone; `items` says what became of each, in the same order")
    public Uni<ReportAnswers> heartbeats(@NotNull @Valid UsageReports reports) {
        TraceContext trace = trace();
        List<Addressed> addressed = reports.items().stream()
                .map(each -> new Addressed(each.id(), new Report(Step.GO_ON, each.usedMillis(), trace)))
                .toList();
        return loop.call(() -> core.gateways().reportAll(addressed))
                .map(answers -> new ReportAnswers(IntStream.range(0, answers.size())
                        .mapToObj(i -> GatewayReplies.answer(addressed.get(i), answers.get(i)))
                        .toList()));
    }

    private @Nullable TraceContext trace() {
        return RequestTrace.of(request);
    }

    private static RestResponse<SessionView> started(Reply reply) {
        boolean isNew = reply instanceof Reply.Stands stands && stands.isNew();
        SessionView session = GatewayReplies.view(reply, 0);
        ResponseBuilder<SessionView> answer =
                isNew ? ResponseBuilder.created(URI.create(SESSIONS + "/" + session.id())) : ResponseBuilder.ok();
        return answer.entity(session).header(REPLAYED, !isNew).build();
    }
}
