package io.drawdown.credits.http.ledger;

import io.drawdown.contracts.AccountId;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.http.CoreCalls;
import io.drawdown.credits.http.Refusals;
import io.drawdown.kit.idempotency.IdempotencyKey;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.problem.ProblemException;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * What became of a request whose answer was lost, by its idempotency key. Whatever the route was: a key names one
 * operation on an account. Keys of this service itself cannot be named here; they are in a namespace of their own.
 */
@Path("/api/v1/accounts/{id}/operations/{key}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.GATEWAY, Role.OPERATOR})
@Tag(name = "Operations", description = "What became of a request whose answer was lost; its idempotency key tells")
@Problems({ProblemType.ACCOUNT_NOT_FOUND, ProblemType.ACCOUNT_BUSY})
public class OperationResource {

    private final CoreCalls core;

    OperationResource(CoreCalls core) {
        this.core = core;
    }

    /** Done, cancelled, or open: the last is never final, for a request may still be on its way. */
    @GET
    @Operation(
            operationId = "getOperation",
            summary = "Reads what became of the operation of a key",
            description =
                    "`done` with its row, `cancelled`, or `open`; the last is never final, for a request may still be on its way.")
    public Uni<OperationView> read(
            @PathParam("id") @Pattern(regexp = AccountId.FORM) String id, @PathParam("key") String key) {
        String hash = hash(id, key);
        return core.find(ProblemType.ACCOUNT_NOT_FOUND, accounts -> accounts.operation(id, hash))
                .map(OperationView::of);
    }

    /** Makes it final: answers what was done, or sees to it that nothing is ever done under the key. */
    @POST
    @Path("cancellation")
    @Operation(
            operationId = "cancelOperation",
            summary = "Tells what the operation of a key did, or cancels the key for ever")
    public Uni<OperationView> cancel(
            @PathParam("id") @Pattern(regexp = AccountId.FORM) String id, @PathParam("key") String key) {
        String hash = hash(id, key);
        return core.tell(commands -> commands.cancel(id, hash))
                .map(reply -> OperationView.of(Refusals.done(reply).entry()));
    }

    private static String hash(String accountId, String key) {
        if (!IdempotencyKey.isSane(key)) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "key is an " + IdempotencyKey.HEADER + ", encoded as a part of a path");
        }
        return IdempotencyKey.ofClient(accountId, key).hash();
    }
}
