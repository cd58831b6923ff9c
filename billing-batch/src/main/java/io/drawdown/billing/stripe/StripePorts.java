package io.drawdown.billing.stripe;

import io.drawdown.billing.charge.engine.Payments;
import io.drawdown.billing.hook.EventFeed;
import io.drawdown.billing.payer.CardVault;
import io.drawdown.billing.purchase.engine.Refunds;
import io.drawdown.billing.refund.ChargeFacts;
import io.smallrye.mutiny.Uni;

/** All ports to Stripe, which share the limits of one client. */
public record StripePorts(Payments payments, CardVault vault, EventFeed feed, ChargeFacts facts, Refunds refunds) {

    public static StripePorts of(StripeCalls calls) {
        StripeFacts facts = new StripeFacts(calls);
        return new StripePorts(
                new StripePayments(calls), new StripeCards(calls), facts, facts, new StripeRefunds(calls));
    }

    /** Where no key is configured. */
    static StripePorts none() {
        NoStripe none = new NoStripe();
        return new StripePorts(new NoPayments(), none, none, none, refund -> Uni.createFrom()
                .item(new Refunds.Outcome.Refused(NoPayments.WHY)));
    }
}
