package io.drawdown.credits.http.accounts;

import io.drawdown.contracts.AccountId;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.TariffName;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.decision.StatusResult;
import io.drawdown.credits.http.CoreCalls;
import io.drawdown.credits.http.Refusals;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.security.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The plan of an account says what kinds of session it may start. What runs goes on, whatever its kind. */
@Path("/api/v1/accounts")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.GATEWAY, Role.OPERATOR})
@Tag(name = "Accounts", description = "Accounts of prepaid credits: opened once, read, closed, never deleted")
@Problems({ProblemType.ACCOUNT_NOT_FOUND, ProblemType.ACCOUNT_CLOSED, ProblemType.ACCOUNT_BUSY})
public class PlanResource {

    private final CoreCalls core;

    PlanResource(CoreCalls core) {
        this.core = core;
    }

    /** @param plan one of {@code GET /plans} */
    public record PlanRequest(
            @NotNull @Pattern(regexp = TariffName.FORM) String plan) {}

    @PUT
    @Path("{id}/plan")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "changePlan", summary = "Gives an account a plan: it may start the kinds of session in it")
    @Problems({ProblemType.UNKNOWN_PLAN})
    public Uni<AccountDetails> change(
            @PathParam("id") @Pattern(regexp = AccountId.FORM) String id, @NotNull @Valid PlanRequest request) {
        return reached(id, core.tell(commands -> commands.changePlan(id, request.plan())));
    }

    @DELETE
    @Path("{id}/plan")
    @Operation(
            operationId = "removePlan",
            summary = "Takes the plan from an account: it may start every kind of session")
    public Uni<AccountDetails> remove(@PathParam("id") @Pattern(regexp = AccountId.FORM) String id) {
        return reached(id, core.tell(commands -> commands.changePlan(id, null)));
    }

    private Uni<AccountDetails> reached(String id, Uni<Reply<StatusResult>> reply) {
        return reply.invoke(Refusals::done).chain(() -> core.afterwards(id)).map(AccountDetails::of);
    }
}
