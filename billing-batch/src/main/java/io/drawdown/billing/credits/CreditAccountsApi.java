package io.drawdown.billing.credits;

import io.drawdown.contracts.Granting;
import io.drawdown.contracts.TraceContext;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** The internal routes of credits-service about accounts, as the REST client calls them. */
@Path("/api/v1/internal/accounts/{id}")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
interface CreditAccountsApi {

    @GET
    Uni<Granting.Standing> standing(
            @PathParam("id") String accountId,
            @HeaderParam(TraceContext.TRACEPARENT) @Nullable String traceparent,
            @HeaderParam(TraceContext.TRACESTATE) @Nullable String tracestate);

    @POST
    @Path("grants")
    Uni<Granting.GrantAnswer> grant(
            @PathParam("id") String accountId,
            @HeaderParam(TraceContext.TRACEPARENT) @Nullable String traceparent,
            @HeaderParam(TraceContext.TRACESTATE) @Nullable String tracestate,
            Granting.Grant request);
}
