package io.drawdown.billing.stripe;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.engine.Payments.AccountRefused;
import io.drawdown.billing.hook.EventFeed;
import io.drawdown.billing.payer.CardVault;
import io.drawdown.billing.refund.ChargeFacts;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where no key of Stripe is configured: nothing is known of cards and charges, and nothing can be asked. */
public final class NoStripe implements CardVault, EventFeed, ChargeFacts {

    private static <T> Uni<T> refused() {
        return Uni.createFrom().failure(() -> new AccountRefused(NoPayments.WHY));
    }

    @Override
    public Uni<Opened> createCustomer(String payerId, String key) {
        return refused();
    }

    @Override
    public Uni<Begun> beginSetup(String customer, String payerId, String token) {
        return refused();
    }

    @Override
    public Uni<Optional<SetupView>> setup(String setupIntent) {
        return refused();
    }

    @Override
    public Uni<Optional<SetupView>> setupOf(String paymentMethod) {
        return refused();
    }

    @Override
    public Uni<Optional<Card>> detachedCard(String paymentMethod) {
        return refused();
    }

    @Override
    public Uni<Boolean> detach(String paymentMethod, String customer) {
        return refused();
    }

    @Override
    public Uni<Optional<Payable>> payable(String paymentIntent) {
        return refused();
    }

    @Override
    public boolean isConfigured() {
        return false;
    }

    @Override
    public Uni<Page> list(long fromSeconds, @Nullable String after) {
        return refused();
    }

    @Override
    public Uni<Optional<String>> referenceOf(String paymentIntent) {
        return refused();
    }

    @Override
    public Uni<Optional<Facts>> charge(String stripeCharge) {
        return refused();
    }

    @Override
    public Uni<Optional<String>> chargeOfRefund(String refund) {
        return refused();
    }

    @Override
    public Uni<Optional<String>> chargeOfDispute(String dispute) {
        return refused();
    }
}
