package io.drawdown.billing.api.payer;

import io.drawdown.contracts.AccountId;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.security.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Who pays: a team for its queued items, an account for its credits. */
@Path(PayerResource.PAYER)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.USER, Role.GATEWAY, Role.SERVICE, Role.OPERATOR})
@Tag(name = PayerResource.TAG, description = PayerResource.ABOUT)
public final class PayerResource {

    static final String PAYER = "/api/v1/payers/{payer}";
    static final String TAG = "Payers";
    static final String ABOUT = "Who pays, and with which cards. No card number comes here: cards are set up at Stripe";

    private static final String EMAIL = "[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,188}";

    private final PayerEdge edge;

    PayerResource(PayerEdge edge) {
        this.edge = edge;
    }

    /** All of it; what is absent is none. */
    @Schema(name = "PayerRequest")
    public record PayerRequest(
            @Nullable @Pattern(regexp = EMAIL) String email) {}

    @PUT
    @Operation(
            operationId = "openPayer",
            summary = "Opens a payer",
            description =
                    "Makes the payer known at Stripe, once however often it is asked for. A team pays for its items, an account for"
                            + " its credits; the payer has the id of the one or the other.")
    @Problems(ProblemType.NOT_CONFIGURED)
    public Uni<PayerView> open(
            @PathParam("payer") @Pattern(regexp = AccountId.FORM) String payer, @NotNull @Valid PayerRequest request) {
        edge.require(payer);
        return edge.call(core -> core.customers().open(payer, request.email())).map(PayerView::of);
    }

    @GET
    @Operation(operationId = "readPayer", summary = "Shows a payer")
    @Problems({ProblemType.PAYER_NOT_FOUND, ProblemType.NOT_CONFIGURED})
    public Uni<PayerView> read(@PathParam("payer") @Pattern(regexp = AccountId.FORM) String payer) {
        edge.require(payer);
        return edge.withPayer(payer, found -> Uni.createFrom().item(found)).map(PayerView::of);
    }
}
