package io.drawdown.billing.credits;

import io.drawdown.contracts.Granting;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The internal routes of credits-service about accounts, as the REST client calls them. */
@Path("/api/v1/internal/accounts/{id}")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
interface CreditAccountsApi {

    @GET
    Uni<Granting.Standing> standing(@PathParam("id") String accountId);

    @POST
    @Path("grants")
    Uni<Granting.GrantAnswer> grant(@PathParam("id") String accountId, Granting.Grant request);
}
