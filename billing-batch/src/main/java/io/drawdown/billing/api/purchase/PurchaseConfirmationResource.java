package io.drawdown.billing.api.purchase;

import io.drawdown.billing.charge.Charge;
import io.drawdown.billing.charge.ChargeState;
import io.drawdown.billing.payer.ConfirmLinks;
import io.drawdown.billing.purchase.PurchaseDocument;
import io.drawdown.billing.purchase.PurchaseSpec;
import io.drawdown.billing.purchase.engine.Purchases;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Caller;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.time.Time;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How a customer confirms the payment of a purchase in person, where their bank wants that. */
@Path(PurchasesResource.PURCHASES + "/{id}/confirmation")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.USER, Role.GATEWAY})
@Tag(name = PurchasesResource.TAG, description = PurchasesResource.ABOUT)
public final class PurchaseConfirmationResource {

    private final Purchases purchases;
    private final ConfirmLinks links;
    private final CoreLoop loop;
    private final Time time;
    private final SecurityIdentity identity;

    PurchaseConfirmationResource(
            Purchases purchases, ConfirmLinks links, CoreLoop loop, Time time, SecurityIdentity identity) {
        this.purchases = purchases;
        this.links = links;
        this.loop = loop;
        this.time = time;
        this.identity = identity;
    }

    /** @param link is good for whoever has it, until it expires */
    @Schema(name = "PurchaseConfirmationLink")
    public record LinkView(String link) {

        /** A log must not show the link. */
        @Override
        public String toString() {
            return "LinkView[]";
        }
    }

    @POST
    @Operation(
            operationId = "linkPurchaseConfirmation",
            summary = "Makes a link to confirm the payment of a purchase",
            description =
                    "For `waiting_for_customer`. The link is signed and expires; whoever opens it may confirm this payment and nothing"
                            + " else.")
    @Problems({ProblemType.PURCHASE_NOT_FOUND, ProblemType.CONFIRMATION_NOT_NEEDED})
    public Uni<LinkView> link(@PathParam("id") @Pattern(regexp = PurchaseSpec.ID) String id) {
        Caller caller = Caller.of(identity);
        return loop.call(() -> purchases.find(id)).map(found -> found.filter(
                        purchase -> caller.mayUse(purchase.spec().account()))
                .map(this::link)
                .orElseThrow(() -> new ProblemException(ProblemType.PURCHASE_NOT_FOUND)));
    }

    private LinkView link(PurchaseDocument purchase) {
        Charge charge = purchase.charge();
        if (!(charge.state() instanceof ChargeState.WaitingForCustomer waiting)) {
            throw new ProblemException(ProblemType.CONFIRMATION_NOT_NEEDED);
        }
        return new LinkView(
                links.address(charge.terms().payerId(), waiting.intent().id(), time.now()));
    }
}
