package io.drawdown.sessions.funding;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The internal routes of credits-service; bodies are JSON of {@link io.drawdown.contracts.Funding}. */
@Path("/api/v1/internal/sessions/{id}")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface FundingApi {

    @POST
    @Path("{question}")
    Uni<byte[]> ask(@PathParam("id") String sessionId, @PathParam("question") String question, byte[] body);

    @POST
    @Path("start/cancellation")
    Uni<byte[]> cancelStart(@PathParam("id") String sessionId, byte[] body);
}
