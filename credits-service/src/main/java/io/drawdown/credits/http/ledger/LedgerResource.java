package io.drawdown.credits.http.ledger;

import io.drawdown.contracts.AccountId;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.http.CoreCalls;
import io.drawdown.credits.http.EntryView;
import io.drawdown.credits.http.FundingResource;
import io.drawdown.credits.ledger.LedgerPages;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.security.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The ledger of an account: every credit explained. */
@Path("/api/v1/accounts")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.USER, Role.GATEWAY, Role.OPERATOR})
@Tag(name = "Ledger", description = "The ledger of each account, and the check of all accounts")
public class LedgerResource {

    private final CoreCalls core;

    LedgerResource(CoreCalls core) {
        this.core = core;
    }

    @GET
    @Path("{id}/ledger")
    @Operation(operationId = "listLedger", summary = "Lists the ledger of an account, newest first")
    @Problems({ProblemType.ACCOUNT_NOT_FOUND})
    public Uni<LedgerPage> page(
            @PathParam("id") @Pattern(regexp = AccountId.FORM) String id,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(500) int limit,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("session") @Pattern(regexp = FundingResource.SESSION_ID) @Nullable String session) {
        LedgerPages.Query query = new LedgerPages.Query(limit + 1, LedgerPage.before(cursor), session);
        return core.requireUseOf(id)
                .chain(() -> core.find(ProblemType.ACCOUNT_NOT_FOUND, accounts -> accounts.ledger(id, query)))
                .map(found -> LedgerPage.of(found, limit));
    }

    @GET
    @Path("{id}/ledger/{seq}")
    @Operation(operationId = "getLedgerEntry", summary = "Reads one row of the ledger")
    @Problems({ProblemType.ACCOUNT_NOT_FOUND, ProblemType.NOT_FOUND})
    public Uni<EntryView> entry(
            @PathParam("id") @Pattern(regexp = AccountId.FORM) String id, @PathParam("seq") @Positive long seq) {
        return find(id, seq).map(EntryView::of);
    }

    /** How a one-off charge came about. */
    @GET
    @Path("{id}/charges/{seq}")
    @Operation(operationId = "getCharge", summary = "Reads the row of a one-off charge")
    @Problems({ProblemType.ACCOUNT_NOT_FOUND, ProblemType.NOT_FOUND})
    public Uni<EntryView> charge(
            @PathParam("id") @Pattern(regexp = AccountId.FORM) String id, @PathParam("seq") @Positive long seq) {
        return find(id, seq)
                .invoke(entry -> {
                    if (entry.type() != EntryType.CHARGED) {
                        throw new ProblemException(ProblemType.NOT_FOUND, "That entry is not a charge");
                    }
                })
                .map(EntryView::of);
    }

    private Uni<Entry> find(String id, long seq) {
        return core.requireUseOf(id)
                .chain(() -> core.ask(accounts -> accounts.explain(id, seq)))
                .chain(entry -> entry.isPresent() ? Uni.createFrom().item(entry.get()) : missing(id));
    }

    private Uni<Entry> missing(String id) {
        return core.find(ProblemType.ACCOUNT_NOT_FOUND, accounts -> accounts.account(id))
                .map(summary -> {
                    throw new ProblemException(ProblemType.NOT_FOUND, "The account has no such entry");
                });
    }
}
