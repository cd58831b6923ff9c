package io.drawdown.billing.api.payer;

import io.drawdown.billing.payer.Cards.Agreement;
import io.drawdown.contracts.AccountId;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.security.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** How a payer gets a card: they agree to it here, and give its number to Stripe. */
@Path(PayerResource.PAYER + "/card-setups")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.USER, Role.GATEWAY})
@Tag(name = PayerResource.TAG, description = PayerResource.ABOUT)
public final class CardSetupsResource {

    private static final long LEAST_CENTS = 50;
    private static final long MOST_CENTS = 99_999_999;

    private final PayerEdge edge;

    CardSetupsResource(PayerEdge edge) {
        this.edge = edge;
    }

    /** A card is to be set up. */
    @Schema(name = "CardSetupRequest")
    public record SetupRequest(@NotNull @Valid ConsentRequest consent) {}

    /** What the owner of the card agrees to. */
    @Schema(name = "CardConsentRequest")
    public record ConsentRequest(
            @NotNull @Pattern(regexp = "[A-Za-z0-9_.:-]{1,64}")
            String textVersion,

            @NotNull @Min(LEAST_CENTS) @Max(MOST_CENTS) Long capCents) {}

    /** @param clientSecret lets whoever has it finish this setup at Stripe */
    @Schema(name = "CardSetup")
    public record SetupView(String setupIntent, String clientSecret) {

        /** A log must not show the secret. */
        @Override
        public String toString() {
            return "SetupView[setupIntent=" + setupIntent + "]";
        }
    }

    @POST
    @Operation(
            operationId = "beginCardSetup",
            summary = "Begins to set up a card",
            description =
                    "Stores what the owner of the card agrees to: that it is charged while they are away, up to `cap_cents` at a"
                            + " time. Then it asks Stripe for a SetupIntent (`usage=off_session`). The page of the owner finishes it with"
                            + " Stripe.js and `client_secret`, which is answered only here and kept nowhere. The card is attached when Stripe"
                            + " says that it is finished, or at once by `POST …/cards`.")
    @APIResponseSchema(value = SetupView.class, responseCode = "201", responseDescription = "The SetupIntent")
    @Problems({ProblemType.PAYER_NOT_FOUND, ProblemType.NOT_CONFIGURED})
    public Uni<RestResponse<SetupView>> begin(
            @PathParam("payer") @Pattern(regexp = AccountId.FORM) String payer, @NotNull @Valid SetupRequest request) {
        String by = edge.require(payer).subject();
        Agreement agreement = new Agreement(
                by, request.consent().textVersion(), request.consent().capCents());
        return edge.withPayer(payer, found -> edge.call(core -> core.cards().begin(found, agreement)))
                .map(begun -> ResponseBuilder.create(
                                RestResponse.Status.CREATED, new SetupView(begun.id(), begun.clientSecret()))
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build());
    }
}
