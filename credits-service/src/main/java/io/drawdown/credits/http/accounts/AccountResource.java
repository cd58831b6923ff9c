package io.drawdown.credits.http.accounts;

import io.drawdown.contracts.AccountId;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.AccountSummary;
import io.drawdown.credits.http.CoreCalls;
import io.drawdown.credits.http.Refusals;
import io.drawdown.kit.idempotency.RequestHash;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.security.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Accounts: opened by a gateway under an id of its choice, read by their users too, closed but never deleted. */
@Path("/api/v1/accounts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts", description = "Accounts of prepaid credits: opened once, read, closed, never deleted")
public class AccountResource {

    private final CoreCalls core;

    AccountResource(CoreCalls core) {
        this.core = core;
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.GATEWAY, Role.OPERATOR})
    @Operation(
            operationId = "openAccount",
            summary = "Opens an account",
            description =
                    "The id is the caller's choice. The same body again changes nothing and is answered with 200.")
    @APIResponseSchema(value = AccountDetails.class, responseCode = "201", responseDescription = "Opened")
    @APIResponse(responseCode = "200", description = "It was opened before, with the same body")
    @Problems({ProblemType.ACCOUNT_EXISTS, ProblemType.ACCOUNT_BUSY})
    public Uni<RestResponse<AccountDetails>> open(
            @PathParam("id") @Pattern(regexp = AccountId.FORM) String id, @NotNull @Valid OpenRequest request) {
        String hash = RequestHash.of("PUT", "/api/v1/accounts/" + id, request.normal());
        return core.tell(commands -> commands.open(id, request.asked(), hash))
                .map(Refusals::done)
                .chain(opened -> core.afterwards(id).map(summary -> answer(opened.isNew(), summary)));
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Role.USER, Role.GATEWAY, Role.OPERATOR})
    @Operation(operationId = "getAccount", summary = "Reads an account with its grants and holds")
    @Problems({ProblemType.ACCOUNT_NOT_FOUND})
    public Uni<AccountDetails> read(@PathParam("id") @Pattern(regexp = AccountId.FORM) String id) {
        return core.requireUseOf(id).chain(() -> standing(id)).map(AccountDetails::of);
    }

    @GET
    @Path("{id}/balance")
    @RolesAllowed({Role.USER, Role.GATEWAY, Role.OPERATOR})
    @Operation(operationId = "getBalance", summary = "Reads the money of an account")
    @Problems({ProblemType.ACCOUNT_NOT_FOUND})
    public Uni<BalanceView> balance(@PathParam("id") @Pattern(regexp = AccountId.FORM) String id) {
        return core.requireUseOf(id).chain(() -> standing(id)).map(BalanceView::of);
    }

    @GET
    @RolesAllowed({Role.GATEWAY, Role.OPERATOR})
    @Operation(operationId = "listAccounts", summary = "Lists accounts in order of their ids")
    public Uni<AccountPage> list(
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @QueryParam("cursor") @Nullable String cursor) {
        if (cursor != null && !AccountId.isValid(cursor)) {
            throw new ProblemException(ProblemType.INVALID_CURSOR);
        }
        return core.ask(accounts -> accounts.accounts(cursor, limit + 1)).map(found -> AccountPage.of(found, limit));
    }

    @POST
    @Path("{id}/close")
    @RolesAllowed({Role.GATEWAY, Role.OPERATOR})
    @Operation(
            operationId = "closeAccount",
            summary = "Closes an account for ever",
            description = "An account with holds cannot be closed. Closing it again changes nothing.")
    @Problems({ProblemType.ACCOUNT_NOT_FOUND, ProblemType.ACCOUNT_IN_USE, ProblemType.ACCOUNT_BUSY})
    public Uni<AccountDetails> close(@PathParam("id") @Pattern(regexp = AccountId.FORM) String id) {
        return core.tell(commands -> commands.close(id))
                .invoke(Refusals::done)
                .chain(() -> core.afterwards(id))
                .map(AccountDetails::of);
    }

    private Uni<AccountSummary> standing(String id) {
        return core.find(ProblemType.ACCOUNT_NOT_FOUND, accounts -> accounts.account(id));
    }

    private static RestResponse<AccountDetails> answer(boolean isNew, AccountSummary summary) {
        return RestResponse.status(
                isNew ? RestResponse.Status.CREATED : RestResponse.Status.OK, AccountDetails.of(summary));
    }
}
