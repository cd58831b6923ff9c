package io.drawdown.billing.api.payer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.drawdown.billing.charge.Card;
import io.drawdown.billing.payer.CardVault.Payable;
import io.drawdown.billing.payer.ConfirmLinks;
import io.drawdown.billing.payer.ConfirmLinks.Opened;
import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Optional;
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

/** What the signed links lead to: the link itself says who may, and for how long. */
@Path(ConfirmLinks.ADDRESS + "{token}")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
@Tag(name = PayerResource.TAG, description = PayerResource.ABOUT)
public final class ConfirmationsResource {

    private final PayerEdge edge;
    private final ConfirmLinks links;
    private final Time time;

    ConfirmationsResource(PayerEdge edge, ConfirmLinks links, Time time) {
        this.edge = edge;
        this.links = links;
        this.time = time;
    }

    /**
     * A payment that its payer may confirm.
     *
     * @param clientSecret absent unless it is open; lets whoever has it pay
     * @param cardId the card that pays, to confirm with; another one may be given to Stripe
     */
    @Schema(name = "Confirmation")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ConfirmationView(
            State state,
            String paymentIntent,
            long amountCents,
            String currency,
            @Nullable String clientSecret,
            @Nullable String cardId,
            Instant expiresAt) {

        /** A log must not show the secret. */
        @Override
        public String toString() {
            return "ConfirmationView[state=" + state + ", paymentIntent=" + paymentIntent + "]";
        }
    }

    /** Where the payment is. */
    @Schema(name = "ConfirmationState")
    public enum State {
        @JsonProperty("open")
        OPEN,
        @JsonProperty("processing")
        PROCESSING,
        @JsonProperty("paid")
        PAID,
        @JsonProperty("cancelled")
        CANCELLED;

        static State of(String status) {
            return switch (status) {
                case "succeeded" -> PAID;
                case "canceled" -> CANCELLED;
                case "processing", "requires_capture" -> PROCESSING;
                default -> OPEN;
            };
        }
    }

    @GET
    @Operation(
            operationId = "openConfirmation",
            summary = "Opens a payment to confirm it in person",
            description =
                    "Whoever has the link may. While the payment is `open`, the page of its payer confirms it with Stripe.js and"
                            + " `client_secret`; Stripe then tells this service, and the charge goes on.")
    @APIResponse(
            responseCode = "200",
            description = "The payment",
            headers =
                    @Header(
                            name = HttpHeaders.CACHE_CONTROL,
                            description = PayerResource.NOT_KEPT,
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = ConfirmationView.class)))
    @Problems({ProblemType.NOT_FOUND, ProblemType.LINK_EXPIRED, ProblemType.NOT_CONFIGURED})
    public Uni<RestResponse<ConfirmationView>> open(
            @PathParam("token") @Pattern(regexp = ConfirmLinks.TOKEN) String token) {
        return switch (links.open(token, time.now())) {
            case Opened.Expired _ -> throw new ProblemException(ProblemType.LINK_EXPIRED);
            case Opened.Forged _ -> throw new ProblemException(ProblemType.NOT_FOUND);
            case Opened.Valid link -> open(link);
        };
    }

    private Uni<RestResponse<ConfirmationView>> open(Opened.Valid link) {
        return edge.withPayer(link.payerId(), payer -> edge.call(core -> core.payable(link.paymentIntent()))
                        .map(found -> view(link, payer, found)))
                .onFailure(ConfirmationsResource::isOfNoPayer)
                .transform(gone -> new ProblemException(ProblemType.NOT_FOUND))
                .map(view -> ResponseBuilder.ok(view).build());
    }

    /** Stripe does not know their customer any more. */
    private static boolean isOfNoPayer(Throwable fault) {
        return fault instanceof ProblemException problem && problem.type() == ProblemType.PAYER_NOT_FOUND;
    }

    private static ConfirmationView view(Opened.Valid link, PayerDocument payer, Optional<Payable> found) {
        Payable payable = found.filter(each -> each.payerId().equals(payer.id()))
                .filter(each -> each.customer().equals(payer.customer()))
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND));
        State state = State.of(payable.status());
        Card card = payer.card();
        return new ConfirmationView(
                state,
                payable.id(),
                payable.amountCents(),
                payable.currency(),
                state == State.OPEN ? payable.clientSecret() : null,
                card == null ? null : card.paymentMethod(),
                link.until());
    }
}
