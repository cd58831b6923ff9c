package io.drawdown.simulator.stripe;

import io.drawdown.billing.charge.IntentView.Status;
import io.drawdown.billing.purchase.PurchaseState.Refund;
import io.drawdown.billing.purchase.engine.Refunds.Outcome;
import io.drawdown.billing.refund.ChargeFacts.Facts;
import io.drawdown.billing.refund.RefundDocument.Paid;
import io.drawdown.simulator.stripe.ModelStripe.Held;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** What becomes of money that Stripe has taken. */
public final class ModelRefunds {

    private final ModelStripe stripe;

    /** How much was given back, by the charge at Stripe. */
    public final Map<String, Long> given = new TreeMap<>();

    private final Map<String, String> charges = new HashMap<>();
    private final Map<String, Outcome> answers = new HashMap<>();

    ModelRefunds(ModelStripe stripe) {
        this.stripe = stripe;
    }

    /** Somebody gives so much back, or what is left of it. */
    public void give(Held held, long cents) {
        String charge = Objects.requireNonNull(held.view().latestCharge());
        long before = given.getOrDefault(charge, 0L);
        long after = Math.min(held.frozen.amountCents(), before + cents);
        if (after > before) {
            String id = "re_" + charges.size();
            charges.put(id, charge);
            given.put(charge, after);
            stripe.events.happened("refund.created", id);
            stripe.events.happened("charge.refunded", charge);
        }
    }

    /** All that was taken for an intent is given back; once, whatever the key is. */
    public Outcome refund(Refund refund) {
        return answers.computeIfAbsent(refund.key(), key -> {
            Held held = Objects.requireNonNull(stripe.intents.get(refund.intent()));
            String charge = Objects.requireNonNull(held.view().latestCharge());
            boolean isGiven = given.getOrDefault(charge, 0L) == held.frozen.amountCents();
            give(held, held.frozen.amountCents());
            return new Outcome.Done(isGiven ? null : "re_of_" + charge);
        });
    }

    /** What Stripe shows of a charge that took money. */
    public Optional<Facts> charge(String charge) {
        return stripe.intents.values().stream()
                .filter(held -> held.status == Status.SUCCEEDED)
                .filter(held -> charge.equals(held.view().latestCharge()))
                .map(held -> new Facts(paid(held), given.getOrDefault(charge, 0L), List.of()))
                .findFirst();
    }

    private static Paid paid(Held held) {
        return new Paid(held.chargeId, held.terms.payerId(), held.terms.reference(), held.frozen.amountCents());
    }

    public Optional<String> chargeOf(String refund) {
        return Optional.ofNullable(charges.get(refund));
    }
}
