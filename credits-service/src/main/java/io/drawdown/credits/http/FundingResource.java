package io.drawdown.credits.http;

import io.drawdown.contracts.AccountId;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.TariffName;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.security.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The conversation with the owners of sessions, as {@link Funding} describes it. */
@Path("/api/v1/internal/sessions/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.SERVICE)
@Tag(name = "Internal", description = FundingResource.ABOUT)
@Problems({ProblemType.ACCOUNT_BUSY})
public class FundingResource {

    static final String ABOUT =
            "The calls of session-service for its sessions, and of billing-batch for purchases; every decision is"
                    + " answered with status 200";

    public static final String SESSION_ID = "[A-Za-z0-9_.-]{1,64}";

    private final CoreCalls core;

    FundingResource(CoreCalls core) {
        this.core = core;
    }

    @POST
    @Path("start")
    @Operation(operationId = "startHold", summary = "Asks for the first slice of a session")
    public Uni<Funding.Answer> start(
            @PathParam("id") @Pattern(regexp = SESSION_ID) String id, @NotNull Funding.Start request) {
        requireAccount(request.accountId());
        require(request.kind() != null && TariffName.isValid(request.kind()), "kind must be " + TariffName.RULE);
        return core.tell(commands -> commands.sessions().start(id, request));
    }

    @POST
    @Path("start/cancellation")
    @Operation(operationId = "cancelStart", summary = "Gives up a start whose outcome is unknown, or tells its outcome")
    public Uni<Funding.Answer> cancelStart(
            @PathParam("id") @Pattern(regexp = SESSION_ID) String id, @NotNull Funding.CancelStart request) {
        requireAccount(request.accountId());
        return core.tell(commands -> commands.sessions().cancelStart(id, request));
    }

    @POST
    @Path("renew")
    @Operation(operationId = "renewHold", summary = "States what a session has used and asks for the next slice")
    public Uni<Funding.Answer> renew(
            @PathParam("id") @Pattern(regexp = SESSION_ID) String id, @NotNull Funding.Renew request) {
        requireAccount(request.accountId());
        requireCount("epoch", request.epoch());
        requireCount("used_millis", request.usedMillis());
        return core.tell(commands -> commands.sessions().renew(id, request));
    }

    @POST
    @Path("give-back")
    @Operation(operationId = "giveBack", summary = "Gives back what a session does not use of its slice")
    public Uni<Funding.Answer> giveBack(
            @PathParam("id") @Pattern(regexp = SESSION_ID) String id, @NotNull Funding.GiveBack request) {
        requireAccount(request.accountId());
        requireCount("epoch", request.epoch());
        requireCount("cut", request.cut());
        requireCount("used_millis", request.usedMillis());
        require(request.fundedMillis() >= request.usedMillis(), "funded_millis must not be below used_millis");
        return core.tell(commands -> commands.sessions().giveBack(id, request));
    }

    @POST
    @Path("takeover")
    @Operation(operationId = "takeOverHold", summary = "Gives the hold of a session to another owner")
    public Uni<Funding.Answer> takeover(
            @PathParam("id") @Pattern(regexp = SESSION_ID) String id, @NotNull Funding.Takeover request) {
        requireAccount(request.accountId());
        requireCount("epoch", request.epoch());
        requireCount("proof_epoch", request.proofEpoch());
        requireCount("proof_used_millis", request.proofUsedMillis());
        return core.tell(commands -> commands.sessions().takeover(id, request));
    }

    @POST
    @Path("release")
    @Operation(
            operationId = "releaseHold",
            summary = "Settles a session that has ended and gives back the rest; a repeated call gets the same answer")
    public Uni<Funding.Answer> release(
            @PathParam("id") @Pattern(regexp = SESSION_ID) String id, @NotNull Funding.Release request) {
        requireAccount(request.accountId());
        requireCount("epoch", request.epoch());
        requireCount("used_millis", request.usedMillis());
        require(request.reason() != null, "reason must not be null");
        return core.tell(commands -> commands.sessions().release(id, request));
    }

    /** The records of the contract carry no annotations of a validator. */
    private static void requireAccount(@Nullable String accountId) {
        require(accountId != null && AccountId.isValid(accountId), "account_id must be " + AccountId.RULE);
    }

    private static void requireCount(String field, long count) {
        require(count >= 0, field + " must not be negative");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, otherwise);
        }
    }
}
