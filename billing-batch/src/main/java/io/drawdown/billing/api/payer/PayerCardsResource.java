package io.drawdown.billing.api.payer;

import io.drawdown.billing.api.payer.PayerView.CardView;
import io.drawdown.billing.payer.Cards.Finished;
import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.contracts.AccountId;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.security.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The cards of a payer. */
@Path(PayerResource.PAYER + "/cards")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.USER, Role.GATEWAY, Role.SERVICE, Role.OPERATOR})
@Tag(name = PayerResource.TAG, description = PayerResource.ABOUT)
public final class PayerCardsResource {

    private static final String CARD = "pm_[A-Za-z0-9_]{1,128}";
    private static final String SETUP = "seti_[A-Za-z0-9_]{1,128}";

    private final PayerEdge edge;

    PayerCardsResource(PayerEdge edge) {
        this.edge = edge;
    }

    /** @param items the one that was attached last at the end */
    @Schema(name = "Cards")
    public record CardsView(List<CardView> items) {}

    /** A setup that its owner has finished. */
    @Schema(name = "CardRequest")
    public record CardRequest(
            @NotNull @Pattern(regexp = SETUP) String setupIntent) {}

    @GET
    @Operation(operationId = "listCards", summary = "Lists the cards of a payer")
    @Problems({ProblemType.PAYER_NOT_FOUND, ProblemType.NOT_CONFIGURED})
    public Uni<CardsView> list(@PathParam("payer") @Pattern(regexp = AccountId.FORM) String payer) {
        edge.require(payer);
        return edge.withPayer(payer, found -> Uni.createFrom().item(new CardsView(PayerView.cardsOf(found))));
    }

    @POST
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
                .map(PayerCardsResource::attached);
    }

    private static CardView attached(Finished finished) {
        return switch (finished) {
            case Finished.Attached attached -> PayerView.of(attached.payer(), attached.card());
            case Finished.NotYet _ -> throw new ProblemException(ProblemType.CARD_SETUP_NOT_FINISHED);
            case Finished.Unknown _ -> throw new ProblemException(ProblemType.CARD_SETUP_NOT_FOUND);
        };
    }

    @DELETE
    @Path("{card}")
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
                .invoke(PayerCardsResource::requireTheirs)
                .chain(gone -> edge.withPayer(
                        payer, (PayerDocument found) -> Uni.createFrom().item(PayerView.of(found))));
    }

    private static void requireTheirs(boolean isTheirs) {
        if (!isTheirs) {
            throw new ProblemException(ProblemType.CARD_NOT_FOUND);
        }
    }
}
