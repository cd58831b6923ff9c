package io.drawdown.simulator.billing.outside;

import io.drawdown.billing.charge.Attempt;
import io.drawdown.billing.charge.Creation;
import io.drawdown.billing.charge.Frozen;
import io.drawdown.billing.charge.Intent;
import io.drawdown.billing.charge.StripeAccount;
import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.charge.engine.Answer;
import io.drawdown.billing.charge.engine.Payments;
import io.drawdown.simulator.stripe.ModelStripe;
import io.drawdown.simulator.world.Link;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The way of one process to the intents at Stripe.
 *
 * @param confirmations hears of attempts to take money
 */
public record LinkedStripe(Link link, ModelStripe stripe, StripeWorld world, Confirmations confirmations)
        implements Payments {

    private static final StripeAccount ACCOUNT = new StripeAccount("acct_1", false);

    @Override
    public Duration longestCall() {
        return Duration.ofSeconds(25);
    }

    @Override
    public Uni<StripeAccount> account() {
        return Uni.createFrom().item(ACCOUNT);
    }

    @Override
    public Uni<Answer> create(String chargeId, Terms terms, Creation creation) {
        return sent(() -> stripe.create(chargeId, terms, creation));
    }

    @Override
    public Uni<Answer> confirm(Intent intent, Attempt attempt, boolean isOffSession) {
        confirmations.sent(attempt);
        return sent(() -> {
            Answer answer = stripe.confirm(intent, attempt, isOffSession);
            confirmations.answered(attempt, answer);
            return answer;
        });
    }

    @Override
    public Uni<Answer> retrieve(String intentId, Frozen frozen) {
        return sent(() -> stripe.retrieve(intentId));
    }

    @Override
    public Uni<Answer> cancel(Intent intent, String key) {
        return sent(() -> stripe.cancel(intent, key));
    }

    /** What was on its way for longer than any request takes is lost. */
    private Uni<Answer> sent(Supplier<Answer> execution) {
        long sentAt = world.millis();
        Uni<Answer> answered = link.write((callFault, answer) -> {
            if (world.isLost(sentAt)) {
                return;
            }
            answer.complete(world.refusal().orElseGet(execution));
        });
        return answered.onFailure().recoverWithItem(fault -> new Answer.Unknown(String.valueOf(fault.getMessage())));
    }
}
