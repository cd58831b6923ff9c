package io.drawdown.billing.api.payer;

import io.drawdown.billing.api.payer.PayerView.CardView;
import io.drawdown.billing.notice.Notice;
import io.drawdown.billing.payer.Cards.Agreement;
import io.drawdown.billing.payer.Cards.Finished;
import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.contracts.AccountId;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.faults.OutcomeUnknown;
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
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** Who pays, and their cards: a team for its queued items, an account for its credits. */
@Path(PayerResource.PAYER)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.USER, Role.GATEWAY, Role.SERVICE, Role.OPERATOR})
@Tag(name = PayerResource.TAG, description = PayerResource.ABOUT)
public final class PayerResource {

    static final String PAYER = "/api/v1/payers/{payer}";
    static final String TAG = "Payers";
    static final String NOT_KEPT = "`no-store`: caches must not store this answer, because it contains a secret";
    static final String ABOUT = "Who pays, and with which cards. No card number comes here: cards are set up at Stripe";

    private static final String CARD = "pm_[A-Za-z0-9_]{1,128}";
    private static final String SETUP = "seti_[A-Za-z0-9_]{1,128}";
    private static final long LEAST_CENTS = 50;
    private static final long MOST_CENTS = 99_999_999;

    private final PayerEdge edge;

    PayerResource(PayerEdge edge) {
        this.edge = edge;
    }

    /** All of it; what is absent is none. */
    @Schema(name = "PayerRequest")
    public record PayerRequest(
            @Nullable @Pattern(regexp = Notice.ADDRESS) String email) {}

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

    /** @param items the one that was attached last at the end */
    @Schema(name = "Cards")
    public record CardsView(List<CardView> items) {}

    /** A setup that its owner has finished. */
    @Schema(name = "CardRequest")
    public record CardRequest(
            @NotNull @Pattern(regexp = SETUP) String setupIntent) {}

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

    @POST
    @Path("card-setups")
    @RolesAllowed({Role.USER, Role.GATEWAY})
    @Operation(
            operationId = "beginCardSetup",
            summary = "Begins to set up a card",
            description =
                    "Stores what the owner of the card agrees to: that it is charged while they are away, up to `cap_cents` at a"
                            + " time. Then it asks Stripe for a SetupIntent (`usage=off_session`). The page of the owner finishes it with"
                            + " Stripe.js and `client_secret`, which is answered only here and kept nowhere. The card is attached when Stripe"
                            + " says that it is finished, or at once by `POST …/cards`.")
    @APIResponse(
            responseCode = "201",
            description = "The SetupIntent",
            headers =
                    @Header(
                            name = HttpHeaders.CACHE_CONTROL,
                            description = NOT_KEPT,
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = SetupView.class)))
    @Problems({ProblemType.PAYER_NOT_FOUND, ProblemType.NOT_CONFIGURED})
    public Uni<RestResponse<SetupView>> begin(
            @PathParam("payer") @Pattern(regexp = AccountId.FORM) String payer, @NotNull @Valid SetupRequest request) {
        String by = edge.require(payer).subject();
        Agreement agreement = new Agreement(
                by, request.consent().textVersion(), request.consent().capCents());
        return edge.withPayer(payer, found -> edge.call(core -> core.cards().begin(found, agreement)))
                .map(begun -> ResponseBuilder.create(
                                RestResponse.Status.CREATED, new SetupView(begun.id(), begun.clientSecret()))
                        .build());
    }

    @GET
    @Path("cards")
    @Operation(operationId = "listCards", summary = "Lists the cards of a payer")
    @Problems({ProblemType.PAYER_NOT_FOUND, ProblemType.NOT_CONFIGURED})
    public Uni<CardsView> list(@PathParam("payer") @Pattern(regexp = AccountId.FORM) String payer) {
        edge.require(payer);
        return edge.withPayer(payer, found -> Uni.createFrom().item(new CardsView(PayerView.cardsOf(found))));
    }

    @POST
    @Path("cards")
    @Operation(
            operationId = "attachCard",
            summary = "Attaches the card of a finished setup",
            description =
                    "It pays from now on, and what waits for a card goes on at once. Stripe is asked whether the setup is finished,"
                            + " and whose it is; Stripe tells it by itself, too, so this only saves the time until then.")
    @Problems({
        ProblemType.PAYER_NOT_FOUND,
        ProblemType.CARD_SETUP_NOT_FOUND,
        ProblemType.CARD_SETUP_NOT_FINISHED,
        ProblemType.NOT_CONFIGURED
    })
    public Uni<CardView> attach(
            @PathParam("payer") @Pattern(regexp = AccountId.FORM) String payer, @NotNull @Valid CardRequest request) {
        edge.require(payer);
        return edge.withPayer(payer, found -> edge.call(core -> core.cards().finish(found.id(), request.setupIntent())))
                .map(PayerResource::attached);
    }

    private static CardView attached(Finished finished) {
        return switch (finished) {
            case Finished.Attached attached -> PayerView.of(attached.payer(), attached.card());
            case Finished.NotYet _ -> throw new ProblemException(ProblemType.CARD_SETUP_NOT_FINISHED);
            case Finished.Unknown _ -> throw new ProblemException(ProblemType.CARD_SETUP_NOT_FOUND);
        };
    }

    @DELETE
    @Path("cards/{card}")
    @Operation(
            operationId = "detachCard",
            summary = "Takes a card away",
            description =
                    "It is charged no more from the moment that this begins; then it is detached at Stripe, for ever. No other card"
                            + " takes its place by itself.")
    @Problems({ProblemType.PAYER_NOT_FOUND, ProblemType.CARD_NOT_FOUND, ProblemType.NOT_CONFIGURED})
    public Uni<PayerView> detach(
            @PathParam("payer") @Pattern(regexp = AccountId.FORM) String payer,
            @PathParam("card") @Pattern(regexp = CARD) String card) {
        edge.require(payer);
        return edge.withPayer(payer, found -> edge.call(core -> core.cards().detach(found, card)))
                .invoke(PayerResource::requireTheirs)
                .chain(gone -> edge.withPayer(
                                payer, (PayerDocument found) -> Uni.createFrom().item(PayerView.of(found)))
                        .onFailure()
                        .transform(OutcomeUnknown::afterWrite));
    }

    private static void requireTheirs(boolean isTheirs) {
        if (!isTheirs) {
            throw new ProblemException(ProblemType.CARD_NOT_FOUND);
        }
    }
}
