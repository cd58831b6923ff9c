package io.drawdown.sessions.funding;

import io.drawdown.contracts.Funding;
import io.drawdown.contracts.TraceContext;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** The internal routes of credits-service, as the REST client calls them. */
@Path("/api/v1/internal/sessions/{id}")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
interface FundingApi {

    @POST
    @Path("start")
    Uni<Funding.Answer> start(
            @PathParam("id") String sessionId,
            @HeaderParam(TraceContext.TRACEPARENT) @Nullable String traceparent,
            @HeaderParam(TraceContext.TRACESTATE) @Nullable String tracestate,
            Funding.Start request);

    @POST
    @Path("start/cancellation")
    Uni<Funding.Answer> cancelStart(
            @PathParam("id") String sessionId,
            @HeaderParam(TraceContext.TRACEPARENT) @Nullable String traceparent,
            @HeaderParam(TraceContext.TRACESTATE) @Nullable String tracestate,
            Funding.CancelStart request);

    @POST
    @Path("renew")
    Uni<Funding.Answer> renew(
            @PathParam("id") String sessionId,
            @HeaderParam(TraceContext.TRACEPARENT) @Nullable String traceparent,
            @HeaderParam(TraceContext.TRACESTATE) @Nullable String tracestate,
            Funding.Renew request);

    @POST
    @Path("give-back")
    Uni<Funding.Answer> giveBack(
            @PathParam("id") String sessionId,
            @HeaderParam(TraceContext.TRACEPARENT) @Nullable String traceparent,
            @HeaderParam(TraceContext.TRACESTATE) @Nullable String tracestate,
            Funding.GiveBack request);

    @POST
    @Path("takeover")
    Uni<Funding.Answer> takeover(
            @PathParam("id") String sessionId,
            @HeaderParam(TraceContext.TRACEPARENT) @Nullable String traceparent,
            @HeaderParam(TraceContext.TRACESTATE) @Nullable String tracestate,
            Funding.Takeover request);

    @POST
    @Path("release")
    Uni<Funding.Answer> release(
            @PathParam("id") String sessionId,
            @HeaderParam(TraceContext.TRACEPARENT) @Nullable String traceparent,
            @HeaderParam(TraceContext.TRACESTATE) @Nullable String tracestate,
            Funding.Release request);
}
