package io.drawdown.credits.http;

import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.CreditsCore;
import io.drawdown.kit.security.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** The check: is every account what its ledger says, and is every credit accounted for? */
@Path("/api/v1/ledger/checks")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.OPERATOR)
public class CheckResource {

    private final CoreCalls core;

    CheckResource(CoreCalls core) {
        this.core = core;
    }

    /** Starts one, or joins the one that runs. */
    @POST
    public Uni<RestResponse<CheckView>> start() {
        return core.ask(CreditsCore::startCheck).map(CheckView::of).map(CheckResource::accepted);
    }

    @GET
    @Path("{id}")
    public Uni<CheckView> read(@PathParam("id") @Pattern(regexp = "[A-Za-z0-9_-]{1,64}") String id) {
        return core.find(ProblemType.NOT_FOUND, checks -> checks.check(id)).map(CheckView::of);
    }

    private static RestResponse<CheckView> accepted(CheckView check) {
        return ResponseBuilder.<CheckView>create(RestResponse.Status.ACCEPTED)
                .location(URI.create("/api/v1/ledger/checks/" + check.id()))
                .entity(check)
                .build();
    }
}
