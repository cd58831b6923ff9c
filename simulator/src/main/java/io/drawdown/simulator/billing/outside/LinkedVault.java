package io.drawdown.simulator.billing.outside;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.IntentView;
import io.drawdown.billing.payer.CardVault;
import io.drawdown.simulator.stripe.ModelStripe;
import io.drawdown.simulator.stripe.ModelStripe.Held;
import io.drawdown.simulator.world.Link;
import io.smallrye.mutiny.Uni;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The way of one process to the cards and customers at Stripe. */
public record LinkedVault(Link link, ModelStripe stripe, StripeWorld world) implements CardVault {

    @Override
    public Uni<Opened> createCustomer(String payerId, String key) {
        return sent(() -> new Opened.Created(stripe.vault.createCustomer(key)));
    }

    @Override
    public Uni<Begun> beginSetup(String customer, String payerId, String token) {
        return sent(() -> stripe.vault.beginSetup(customer, payerId, token));
    }

    @Override
    public Uni<Optional<SetupView>> setup(String setupIntent) {
        return link.read(() -> stripe.vault.setup(setupIntent));
    }

    @Override
    public Uni<Optional<SetupView>> setupOf(String paymentMethod) {
        return link.read(() -> stripe.vault.setupOf(paymentMethod));
    }

    @Override
    public Uni<Optional<Card>> detachedCard(String paymentMethod) {
        return link.read(() -> stripe.vault.detachedCard(paymentMethod));
    }

    @Override
    public Uni<Boolean> detach(String paymentMethod, String customer) {
        return sent(() -> stripe.vault.detach(paymentMethod, customer));
    }

    @Override
    public Uni<Optional<Payable>> payable(String paymentIntent) {
        return link.read(
                () -> Optional.ofNullable(stripe.intents.get(paymentIntent)).map(LinkedVault::payable));
    }

    private static Payable payable(Held held) {
        IntentView view = held.view();
        return new Payable(
                held.id,
                view.status().name().toLowerCase(Locale.ROOT),
                held.frozen.amountCents(),
                held.frozen.currency(),
                held.frozen.customer(),
                held.payer(),
                held.id + "_secret");
    }

    /** What was on its way for longer than any request takes is lost. */
    private <T> Uni<T> sent(Supplier<T> effect) {
        long sentAt = world.millis();
        return link.write((callFault, answer) -> {
            if (!world.isLost(sentAt)) {
                answer.complete(effect.get());
            }
        });
    }
}
