package io.drawdown.kit.problem;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.security.Caller;
import io.drawdown.kit.security.Role;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Map;

@Path("/probe")
@RolesAllowed({Role.USER, Role.GATEWAY})
public final class ProbeResource {

    private final SecurityIdentity identity;

    ProbeResource(SecurityIdentity identity) {
        this.identity = identity;
    }

    @POST
    public Uni<Purchase> buy(@NotNull @Valid Purchase purchase) {
        return Uni.createFrom().item(purchase);
    }

    @GET
    @Path("/accounts/{id}")
    public String account(@PathParam("id") String id) {
        Caller.of(identity).requireUseOf(id);
        return id;
    }

    @GET
    @Path("/faults/{name}")
    public Uni<String> fail(@PathParam("name") String name) {
        return Uni.createFrom()
                .failure(
                        switch (name) {
                            case "unavailable" -> new Unavailable("the database is away");
                            case "problem" ->
                                new ProblemException(
                                        ProblemType.INSUFFICIENT_CREDITS, "short", Map.of("credits_required", 3));
                            case "full" -> ProblemException.retryAfter(ProblemType.QUEUE_FULL, 7);
                            default -> new IllegalStateException("a bug");
                        });
    }

    record Purchase(@NotBlank String meter, Credits amount, long units) {}
}
