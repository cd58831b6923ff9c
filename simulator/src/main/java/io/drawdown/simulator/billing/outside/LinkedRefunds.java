package io.drawdown.simulator.billing.outside;

import io.drawdown.billing.purchase.PurchaseState.Refund;
import io.drawdown.billing.purchase.engine.Refunds;
import io.drawdown.simulator.stripe.ModelStripe;
import io.drawdown.simulator.world.Link;
import io.smallrye.mutiny.Uni;

/** The way of one process to refunds at Stripe. */
public record LinkedRefunds(Link link, ModelStripe stripe, StripeWorld world) implements Refunds {

    @Override
    public Uni<Outcome> refund(Refund refund) {
        long sentAt = world.millis();
        Uni<Outcome> refunded = link.write((callFault, answer) -> {
            if (!world.isLost(sentAt)) {
                answer.complete(stripe.refunds.refund(refund));
            }
        });
        return refunded.onFailure().recoverWithItem(fault -> new Outcome.Unknown(String.valueOf(fault.getMessage())));
    }
}
