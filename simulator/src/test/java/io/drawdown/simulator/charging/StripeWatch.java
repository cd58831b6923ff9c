package io.drawdown.simulator.charging;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.Intent;
import io.drawdown.billing.charge.IntentView.Status;
import io.drawdown.billing.charge.engine.Alarms;
import io.drawdown.simulator.stripe.ModelStripe;
import io.drawdown.simulator.stripe.ModelStripe.Held;
import io.drawdown.simulator.stripe.StripeEvents.Event;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has happened at Stripe, and which alarms there were. */
final class StripeWatch implements Alarms {

    private final ModelStripe stripe;

    /** The charges at Stripe that were declined, and the numbers of their cards. */
    final Set<String> declined = new HashSet<>();

    final Set<String> declinedCards = new HashSet<>();

    /** How often each card was declined since it paid, or its owner had another one. */
    final Map<String, Integer> declinesSinceChange = new HashMap<>();

    /** The charges of ours that there was an alarm for. */
    final Set<String> alarmed = new HashSet<>();

    /** The intents with which somebody has done something at Stripe itself. */
    final Set<String> touched = new HashSet<>();

    StripeWatch(ModelStripe stripe) {
        this.stripe = stripe;
        stripe.events.onEvent(this::happened);
    }

    private void happened(Event event) {
        Held held = stripe.intents.get(event.object());
        Card card = held == null ? null : held.card();
        if (held == null || card == null) {
            return;
        }
        switch (event.type()) {
            case "payment_intent.payment_failed" -> {
                declined.add(Objects.requireNonNull(held.view().latestCharge()));
                declinedCards.add(card.fingerprint());
                declinesSinceChange.merge(card.fingerprint(), 1, Integer::sum);
            }
            case "payment_intent.succeeded" -> declinesSinceChange.remove(card.fingerprint());
            default -> {}
        }
    }

    @Override
    public void raise(Alarm alarm, String chargeId, String detail) {
        stripe.raise(alarm, chargeId, detail);
        alarmed.add(chargeId);
    }

    boolean isPaid(@Nullable Intent intent) {
        Held held = intent == null ? null : stripe.intents.get(intent.id());
        return held != null && held.status == Status.SUCCEEDED;
    }
}
