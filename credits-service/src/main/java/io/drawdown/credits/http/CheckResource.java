package io.drawdown.credits.http;

import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.CreditsCore;
import io.drawdown.kit.openapi.Problems;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** The check: is every account what its ledger says, and is every credit accounted for? */
@Path("/api/v1/ledger/checks")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.OPERATOR)
@Tag(name = "Ledger", description = "The ledger of each account, and the check of all accounts")
public class CheckResource {

    private final CoreCalls core;

    CheckResource(CoreCalls core) {
        this.core = core;
    }

    /** Starts one, or joins the one that runs. */
    @POST
    @Operation(operationId = "startCheck", summary = "Starts a check of all accounts, or joins the one that runs")
    @APIResponseSchema(
            value = CheckView.class,
            responseCode = "202",
            responseDescription = "It runs; Location says where its report is")
    public Uni<RestResponse<CheckView>> start() {
        return core.ask(CreditsCore::startCheck).map(CheckView::of).map(CheckResource::accepted);
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getCheck", summary = "Reads the report of a check")
    @Problems({ProblemType.NOT_FOUND})
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
