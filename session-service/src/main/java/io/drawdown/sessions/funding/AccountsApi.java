package io.drawdown.sessions.funding;

import io.drawdown.contracts.Granting;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The internal route of credits-service about an account, as the REST client calls it. */
@Path("/api/v1/internal/accounts/{id}")
@Produces(MediaType.APPLICATION_JSON)
interface AccountsApi {

    @GET
    Uni<Granting.Standing> standing(@PathParam("id") String accountId);
}
