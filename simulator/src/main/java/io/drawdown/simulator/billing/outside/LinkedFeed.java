package io.drawdown.simulator.billing.outside;

import io.drawdown.billing.hook.EventFeed;
import io.drawdown.billing.hook.Hint;
import io.drawdown.billing.refund.ChargeFacts;
import io.drawdown.simulator.stripe.ModelStripe;
import io.drawdown.simulator.stripe.ModelStripe.Held;
import io.drawdown.simulator.stripe.StripeEvents;
import io.drawdown.simulator.stripe.StripeEvents.Event;
import io.drawdown.simulator.world.Link;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way of one process to the events of Stripe, and to what they are about. */
public record LinkedFeed(Link link, ModelStripe stripe) implements EventFeed, ChargeFacts {

    @Override
    public boolean isConfigured() {
        return true;
    }

    @Override
    public Uni<Page> list(long fromSeconds, @Nullable String after) {
        return link.read(() -> pageOf(stripe.events.list(fromSeconds, Objects.requireNonNullElse(after, ""))));
    }

    private static Page pageOf(StripeEvents.Page found) {
        List<Event> events = found.events();
        return new Page(
                events.stream().map(LinkedFeed::hint).toList(),
                events.isEmpty() ? null : events.getLast().id(),
                events.isEmpty() ? null : events.getFirst().createdSeconds(),
                found.hasMore());
    }

    /** What is taken of an event. */
    public static Hint hint(Event event) {
        return Objects.requireNonNull(Hint.of(event.id(), event.type(), event.object()));
    }

    @Override
    public Uni<Optional<String>> referenceOf(String paymentIntent) {
        return link.read(
                () -> Optional.ofNullable(stripe.intents.get(paymentIntent)).map(Held::reference));
    }

    @Override
    public Uni<Optional<Facts>> charge(String stripeCharge) {
        return link.read(() -> stripe.refunds.charge(stripeCharge));
    }

    @Override
    public Uni<Optional<String>> chargeOfRefund(String refund) {
        return link.read(() -> stripe.refunds.chargeOf(refund));
    }

    /** Nobody disputes a charge here. */
    @Override
    public Uni<Optional<String>> chargeOfDispute(String dispute) {
        return link.read(() -> Optional.empty());
    }
}
