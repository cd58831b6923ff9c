package io.drawdown.credits.http.ledger;

import io.drawdown.contracts.AccountId;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.decision.Posted;
import io.drawdown.credits.http.CoreCalls;
import io.drawdown.credits.http.EntryView;
import io.drawdown.credits.http.GrantRequest;
import io.drawdown.credits.http.Refusals;
import io.drawdown.kit.idempotency.IdempotencyKey;
import io.drawdown.kit.idempotency.RequestHash;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.security.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
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
import org.jspecify.annotations.Nullable;

/** What moves credits at once: grants and one-off charges. A key makes each happen once, for ever. */
@Path("/api/v1/accounts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.GATEWAY, Role.OPERATOR})
@Tag(name = "Postings", description = "Grants and one-off charges; its idempotency key makes each of them happen once")
@Problems({
    ProblemType.ACCOUNT_NOT_FOUND,
    ProblemType.ACCOUNT_CLOSED,
    ProblemType.AMOUNT_OUT_OF_RANGE,
    ProblemType.ACCOUNT_BACKLOGGED,
    ProblemType.ACCOUNT_BUSY
})
public class PostingResource {

    /** Says whether the answer is that of an earlier request with the same key. */
    public static final String REPLAYED = "Idempotency-Replayed";

    private final CoreCalls core;

    PostingResource(CoreCalls core) {
        this.core = core;
    }

    @POST
    @Path("{id}/grants")
    @Operation(operationId = "grantCredits", summary = "Gives credits to an account")
    @APIResponseSchema(
            value = EntryView.class,
            responseCode = "201",
            responseDescription = "Given, now or by an earlier request with the same key")
    @Problems({ProblemType.TOO_MANY_GRANTS})
    public Uni<RestResponse<EntryView>> grant(
            @PathParam("id") @Pattern(regexp = AccountId.FORM) String id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @NotNull @Valid GrantRequest request) {
        Key identity = key(id, key, "grants", request.normal());
        return core.tell(commands -> commands.grant(id, request.asked(), identity))
                .map(reply -> answer(id, "ledger", Refusals.done(reply)));
    }

    @POST
    @Path("{id}/charges")
    @Operation(operationId = "chargeCredits", summary = "Charges an account by the price list")
    @APIResponseSchema(
            value = EntryView.class,
            responseCode = "201",
            responseDescription = "Charged, now or by an earlier request with the same key")
    @Problems({ProblemType.INSUFFICIENT_CREDITS, ProblemType.ACCOUNT_SUSPENDED, ProblemType.UNKNOWN_METER})
    public Uni<RestResponse<EntryView>> charge(
            @PathParam("id") @Pattern(regexp = AccountId.FORM) String id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @NotNull @Valid ChargeRequest request) {
        Key identity = key(id, key, "charges", request.normal());
        return core.tell(commands -> commands.charge(id, request.meter(), request.count(), identity))
                .map(reply -> answer(id, "charges", Refusals.done(reply)));
    }

    private static Key key(String id, @Nullable String key, String route, Object request) {
        return new Key(
                IdempotencyKey.ofClient(id, key).hash(),
                RequestHash.of("POST", "/api/v1/accounts/" + id + "/" + route, request));
    }

    private static RestResponse<EntryView> answer(String id, String route, Posted posted) {
        return ResponseBuilder.<EntryView>created(URI.create("/api/v1/accounts/" + id + "/" + route + "/"
                        + posted.entry().seq()))
                .entity(EntryView.of(posted.entry()))
                .header(REPLAYED, posted.isReplay())
                .build();
    }
}
