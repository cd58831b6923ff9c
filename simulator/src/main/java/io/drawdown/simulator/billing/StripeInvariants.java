package io.drawdown.simulator.billing;

import io.drawdown.billing.hook.HintDocument;
import io.drawdown.billing.refund.RefundDocument;
import io.drawdown.simulator.billing.stores.BillingStores;
import io.drawdown.simulator.stripe.ModelStripe;
import io.drawdown.simulator.stripe.StripeEvents.Event;
import io.drawdown.simulator.world.Findings;
import io.drawdown.simulator.world.SimulationContext;
import io.drawdown.simulator.world.Table;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What must hold of the events of Stripe, and of what they say about money that was taken. */
final class StripeInvariants {

    private final Findings findings;
    private final ModelStripe stripe;
    private final Table<HintDocument> inbox;
    private final Table<RefundDocument> refunds;
    private final Map<String, Long> givenBack = new HashMap<>();

    StripeInvariants(SimulationContext context, BillingStores stores, ModelStripe stripe) {
        this.findings = context.findings;
        this.stripe = stripe;
        this.inbox = stores.told().inbox();
        this.refunds = stores.told().refunds();
        refunds.whenCommitted((id, refund) -> committed(refund));
    }

    private void committed(RefundDocument refund) {
        Long before = givenBack.put(refund.id(), refund.refundedCents());
        findings.expect(
                before == null || before <= refund.refundedCents(),
                "what was given back is never recorded as less",
                () -> before + " were given back, then " + refund);
    }

    boolean isAtRest() {
        return unseen().findAny().isEmpty();
    }

    /** Stripe itself forgets what is older than its list. */
    private Stream<Event> unseen() {
        return stripe.events.kept().stream().filter(event -> !isSeen(event));
    }

    private boolean isSeen(Event event) {
        HintDocument hint = inbox.committed(event.id());
        return hint != null && hint.due() == null;
    }

    void checkAtRest() {
        unseen().forEach(event -> findings.expect(
                false, "when faults stop, every event of Stripe is looked at", () -> event + " was not"));
        stripe.events.all().stream()
                .filter(event -> event.type().equals("charge.refunded") && isSeen(event))
                .forEach(this::checkRefund);
    }

    private void checkRefund(Event event) {
        long given = stripe.refunds.given.getOrDefault(event.object(), 0L);
        RefundDocument recorded = refunds.committed(event.object());
        findings.expect(
                isLost(event.object()) || (recorded != null && recorded.refundedCents() == given),
                "when faults stop, what was given back is recorded",
                () -> given + " cents of " + event.object() + " are given back, and recorded is " + recorded);
    }

    /** Of its last refund nothing was heard, and Stripe does not list it any more. */
    private boolean isLost(String charge) {
        return stripe.events.all().reversed().stream()
                .filter(event ->
                        event.type().equals("charge.refunded") && event.object().equals(charge))
                .findFirst()
                .filter(event -> !isSeen(event))
                .isPresent();
    }
}
