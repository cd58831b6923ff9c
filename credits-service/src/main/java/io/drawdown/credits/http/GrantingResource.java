package io.drawdown.credits.http;

import io.drawdown.contracts.AccountId;
import io.drawdown.contracts.Granting;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.AccountStatus;
import io.drawdown.credits.account.AccountSummary;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.security.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The conversation with billing-batch about credits that are bought, as {@link Granting} describes it. */
@Path("/api/v1/internal/accounts/{id}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.SERVICE)
@Tag(name = "Internal", description = FundingResource.ABOUT)
@Problems({ProblemType.ACCOUNT_BUSY})
public class GrantingResource {

    /** The name of what was bought, or the reason for it. */
    private static final String TEXT = "[!-~][ -~]{0,127}";

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private final CoreCalls core;

    GrantingResource(CoreCalls core) {
        this.core = core;
    }

    @GET
    @Operation(operationId = "readStanding", summary = "Reads whether an account takes credits, and its money")
    public Uni<Granting.Standing> read(@PathParam("id") @Pattern(regexp = AccountId.FORM) String id) {
        return core.ask(accounts -> accounts.account(id)).map(found -> found.map(GrantingResource::standing)
                .orElseGet(() -> new Granting.Standing(Granting.StandingStatus.MISSING, null)));
    }

    private static Granting.Standing standing(AccountSummary summary) {
        AccountStatus status = summary.account().status();
        return new Granting.Standing(
                switch (status) {
                    case ACTIVE -> Granting.StandingStatus.ACTIVE;
                    case SUSPENDED -> Granting.StandingStatus.SUSPENDED;
                    case CLOSED -> Granting.StandingStatus.CLOSED;
                },
                summary.view());
    }

    @POST
    @Path("grants")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "grantPurchase",
            summary = "Gives credits that were paid for, once for ever under the key",
            description =
                    "Both outcomes are final: once it is `refused`, nothing is ever given under the key, and the money can be given"
                            + " back.")
    @Problems({ProblemType.ACCOUNT_NOT_FOUND, ProblemType.IDEMPOTENCY_KEY_REUSED, ProblemType.INVALID_AMOUNT})
    public Uni<Granting.GrantAnswer> grant(
            @PathParam("id") @Pattern(regexp = AccountId.FORM) String id, @NotNull Granting.Grant request) {
        require(isText(request.key()), "key is 1 to 128 printable characters");
        require(isText(request.reference()), "reference is 1 to 128 printable characters");
        require(request.kind() != null, "kind must not be null");
        require(request.amount() != null, "amount must not be null");
        if (!request.amount().isPositive()) {
            throw new ProblemException(ProblemType.INVALID_AMOUNT, "the amount of a grant is positive");
        }
        require(isKept(request.expiresAt()), "expires_at is between 1970 and 9999, in whole milliseconds");
        return core.tell(commands -> commands.grants().give(id, request));
    }

    /** The records of the contract carry no annotations of a validator. */
    private static boolean isText(@Nullable String text) {
        return text != null && text.matches(TEXT);
    }

    private static boolean isKept(@Nullable Instant instant) {
        return instant == null
                || (!instant.isBefore(Instant.EPOCH)
                        && !instant.isAfter(LAST)
                        && instant.equals(instant.truncatedTo(ChronoUnit.MILLIS)));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, otherwise);
        }
    }
}
