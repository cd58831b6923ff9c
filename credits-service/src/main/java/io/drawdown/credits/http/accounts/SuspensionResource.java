package io.drawdown.credits.http.accounts;

import io.drawdown.contracts.AccountId;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.decision.StatusResult;
import io.drawdown.credits.http.CoreCalls;
import io.drawdown.credits.http.Refusals;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.security.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** An account that is suspended takes no new work and no refill; what runs is settled and ends. */
@Path("/api/v1/accounts")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.OPERATOR)
@Tag(name = "Accounts", description = "Accounts of prepaid credits: opened once, read, closed, never deleted")
@Problems({ProblemType.ACCOUNT_NOT_FOUND, ProblemType.ACCOUNT_CLOSED, ProblemType.ACCOUNT_BUSY})
public class SuspensionResource {

    private final CoreCalls core;

    SuspensionResource(CoreCalls core) {
        this.core = core;
    }

    /** @param reason for people; kept in the ledger */
    public record SuspensionRequest(
            @NotBlank @Size(max = 200) String reason) {}

    @PUT
    @Path("{id}/suspension")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "suspendAccount", summary = "Suspends an account: nothing new is held or charged")
    public Uni<AccountDetails> suspend(
            @PathParam("id") @Pattern(regexp = AccountId.FORM) String id, @NotNull @Valid SuspensionRequest request) {
        return reached(id, core.tell(commands -> commands.suspend(id, request.reason())));
    }

    @DELETE
    @Path("{id}/suspension")
    @Operation(operationId = "reinstateAccount", summary = "Lifts the suspension of an account")
    public Uni<AccountDetails> lift(@PathParam("id") @Pattern(regexp = AccountId.FORM) String id) {
        return reached(id, core.tell(commands -> commands.reinstate(id)));
    }

    private Uni<AccountDetails> reached(String id, Uni<Reply<StatusResult>> reply) {
        return reply.invoke(Refusals::done).chain(() -> core.afterwards(id)).map(AccountDetails::of);
    }
}
