package io.drawdown.billing.stripe;

import io.drawdown.billing.charge.Attempt;
import io.drawdown.billing.charge.Creation;
import io.drawdown.billing.charge.Frozen;
import io.drawdown.billing.charge.Intent;
import io.drawdown.billing.charge.StripeAccount;
import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.charge.engine.Answer;
import io.drawdown.billing.charge.engine.Payments;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** Where no key of Stripe is configured: whoever wants to charge is stopped. */
public final class NoPayments implements Payments {

    static final String WHY = "no key of Stripe is configured";

    @Override
    public Duration longestCall() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Uni<StripeAccount> account() {
        return Uni.createFrom().failure(() -> new AccountRefused(WHY));
    }

    @Override
    public Uni<Answer> create(String chargeId, Terms terms, Creation creation) {
        return refused();
    }

    @Override
    public Uni<Answer> confirm(Intent intent, Attempt attempt, boolean isOffSession) {
        return refused();
    }

    @Override
    public Uni<Answer> retrieve(String intentId, Frozen frozen) {
        return refused();
    }

    @Override
    public Uni<Answer> cancel(Intent intent, String key) {
        return refused();
    }

    private static Uni<Answer> refused() {
        return Uni.createFrom().item(new Answer.NotAllowed(WHY));
    }
}
