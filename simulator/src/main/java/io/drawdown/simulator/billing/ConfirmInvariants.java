package io.drawdown.simulator.billing;

import io.drawdown.billing.charge.Attempt;
import io.drawdown.billing.charge.Charge;
import io.drawdown.billing.charge.ChargeState;
import io.drawdown.billing.charge.engine.Answer;
import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.simulator.billing.outside.Confirmations;
import io.drawdown.simulator.billing.stores.BillingStores;
import io.drawdown.simulator.stripe.ModelStripe;
import io.drawdown.simulator.stripe.StripeEvents.Event;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.Findings;
import io.drawdown.simulator.world.SimulationContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold when money is asked for: it was stored before, and a card that was declined rests. */
final class ConfirmInvariants implements Confirmations {

    private static final String RESTED = "a card that was declined is not charged before it has rested";

    /** The clock of a process may be so far ahead of that of the database, which is stepped. */
    private static final Duration SKEW = Duration.ofSeconds(10);

    /** Shorter than any rest, and than a charge is taken to be under way whose process may be dead. */
    private static final Duration LEAST_REST = Duration.ofMinutes(10);

    private final Findings findings;
    private final ModelStripe stripe;
    private final Database database;
    private final Set<String> storedKeys = new HashSet<>();
    private final Map<String, Resting> resting = new HashMap<>();
    private final Set<String> answered = new HashSet<>();
    private final Map<String, Instant> declined = new HashMap<>();

    private final Map<String, Instant> paid = new HashMap<>();
    private final Map<String, Instant> failed = new HashMap<>();

    /** @param admitted the charge that was let in before; empty if there was none */
    private record Resting(String paymentMethod, Instant until, String admitted) {

        boolean forbids(Attempt attempt) {
            boolean isAdmitted = !admitted.isEmpty() && attempt.key().startsWith(admitted + "-g");
            return paymentMethod.equals(attempt.card().paymentMethod()) && !isAdmitted;
        }
    }

    ConfirmInvariants(SimulationContext context, BillingStores stores, ModelStripe stripe) {
        this.findings = context.findings;
        this.stripe = stripe;
        this.database = stores.database();
        stores.items().whenCommitted((id, item) -> committed(item.charge()));
        stores.money().purchases().whenCommitted((id, purchase) -> committed(purchase.charge()));
        stores.payers().whenCommitted((id, payer) -> committed(payer));
        stripe.events.onEvent(this::happened);
    }

    private void committed(@Nullable Charge charge) {
        if (charge != null && charge.state() instanceof ChargeState.Confirming confirming) {
            storedKeys.add(confirming.attempt().key());
        }
    }

    /** A rest ends by its time, with another card, or when money was taken; not by being forgotten. */
    private void committed(PayerDocument payer) {
        if (payer.rest() != null && payer.card() != null) {
            Instant until = Objects.requireNonNullElse(payer.rest().nextTry(), Instant.MAX);
            String admitted = payer.inFlight() == null ? "" : payer.inFlight().chargeId();
            resting.put(payer.id(), new Resting(payer.card().paymentMethod(), until, admitted));
        } else if (wasPaid(payer.id())) {
            resting.remove(payer.id());
        }
    }

    /** Since the latest decline, at Stripe. */
    private boolean wasPaid(String payer) {
        Instant latest = failed.getOrDefault(payer, Instant.MIN);
        return paid.containsKey(payer) && !paid.getOrDefault(payer, latest).isBefore(latest);
    }

    private void happened(Event event) {
        switch (event.type()) {
            case "payment_intent.succeeded" -> paid.put(payerOf(event), database.now());
            case "payment_intent.payment_failed" -> failed.put(payerOf(event), database.now());
            default -> {}
        }
    }

    private String payerOf(Event event) {
        return Objects.requireNonNull(stripe.intents.get(event.object())).payer();
    }

    @Override
    public void sent(Attempt attempt) {
        findings.expect(
                storedKeys.contains(attempt.key()),
                "an intent is confirmed only after that is stored",
                () -> attempt + " was not stored");
        Instant now = database.now().plus(SKEW);
        resting.values().stream()
                .filter(rest -> rest.forbids(attempt))
                .forEach(rest ->
                        findings.expect(!rest.until().isAfter(now), RESTED, () -> attempt + " before " + rest.until()));
    }

    @Override
    public void answered(Attempt attempt, Answer answer) {
        if (answered.add(attempt.key()) && answer instanceof Answer.CardDeclined) {
            String paymentMethod = attempt.card().paymentMethod();
            Instant now = database.now();
            Instant before = declined.put(paymentMethod, now);
            boolean isRested = before == null
                    || !now.isBefore(before.plus(LEAST_REST))
                    || paid.getOrDefault(ownerOf(paymentMethod), Instant.MIN).isAfter(before);
            findings.expect(isRested, RESTED, () -> attempt + " is declined again, first at " + before);
        }
    }

    private String ownerOf(String paymentMethod) {
        return stripe.vault.setupOf(paymentMethod).orElseThrow().payerId();
    }
}
