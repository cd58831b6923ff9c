package io.drawdown.simulator.purchasing;

import io.drawdown.billing.charge.Attempt;
import io.drawdown.billing.charge.Creation;
import io.drawdown.billing.charge.Frozen;
import io.drawdown.billing.charge.Intent;
import io.drawdown.billing.charge.StripeAccount;
import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.charge.engine.Answer;
import io.drawdown.billing.charge.engine.Payments;
import io.drawdown.billing.purchase.engine.Refunds;
import io.drawdown.simulator.stripe.ModelStripe;
import io.drawdown.simulator.stripe.ModelStripe.Behaviour;
import io.drawdown.simulator.stripe.ModelStripe.Held;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

/** The ways of processes to the model of Stripe, where the card that pays may be bad. */
final class ModelBank {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Chaos chaos;
    private final ModelStripe stripe;

    ModelBank(Chaos chaos) {
        this.chaos = chaos;
        this.stripe = new ModelStripe(chaos);
    }

    /** How often money was taken for a purchase. */
    int taken(String purchase) {
        return stripe.taken.getOrDefault(purchase, 0);
    }

    /** Whether all that was taken for an intent was given back. */
    boolean isGivenBack(String intent) {
        Held held = Objects.requireNonNull(stripe.intents.get(intent));
        long given = stripe.refunds.given.getOrDefault(
                Objects.requireNonNull(held.view().latestCharge()), 0L);
        return given == held.frozen.amountCents();
    }

    /** From now on that card has no money. */
    void drain(String fingerprint) {
        stripe.cards.put(fingerprint, Behaviour.FUNDS);
    }

    /** Every card has money again. */
    void fill() {
        stripe.cards.clear();
    }

    Payments of(Chaos.Process process) {
        return new Payments() {
            @Override
            public Duration longestCall() {
                return Duration.ofSeconds(23);
            }

            @Override
            public Uni<StripeAccount> account() {
                return Uni.createFrom().item(new StripeAccount("acct_1", false));
            }

            @Override
            public Uni<Answer> create(String chargeId, Terms terms, Creation creation) {
                return sent(() -> stripe.create(chargeId, terms, creation));
            }

            @Override
            public Uni<Answer> confirm(Intent intent, Attempt attempt, boolean isOffSession) {
                return sent(() -> stripe.confirm(intent, attempt, isOffSession));
            }

            @Override
            public Uni<Answer> retrieve(String intentId, Frozen frozen) {
                return sent(() -> stripe.retrieve(intentId));
            }

            @Override
            public Uni<Answer> cancel(Intent intent, String key) {
                return sent(() -> stripe.cancel(intent, key));
            }

            private Uni<Answer> sent(Supplier<Answer> effect) {
                return chaos.call(process, LONGEST, effect, new Answer.Unknown("lost"));
            }
        };
    }

    Refunds refundsOf(Chaos.Process process) {
        return refund ->
                chaos.call(process, LONGEST, () -> stripe.refunds.refund(refund), new Refunds.Outcome.Unknown("lost"));
    }
}
