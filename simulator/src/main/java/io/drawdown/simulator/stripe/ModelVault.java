package io.drawdown.simulator.stripe;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.payer.CardVault.Begun;
import io.drawdown.billing.payer.CardVault.SetupView;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What Stripe keeps of those who pay: customers, how cards were set up, and cards. */
public final class ModelVault {

    private record Made(String customer, long at) {}

    private final Surroundings world;
    private final StripeEvents events;
    private final Map<String, Made> customers = new HashMap<>();
    private final Map<String, SetupView> setups = new LinkedHashMap<>();
    private final Map<String, Card> detached = new TreeMap<>();

    ModelVault(Surroundings world, StripeEvents events) {
        this.world = world;
        this.events = events;
    }

    /** The same key gives the same one, as long as it is known. */
    public String createCustomer(String key) {
        Made made = customers.get(key);
        if (made == null) {
            made = new Made("cus_" + customers.size(), world.millis());
            customers.put(key, made);
        } else if (world.millis() - made.at() >= ModelStripe.KEY_LIFE) {
            world.find("a key that Stripe has forgotten is sent again");
        }
        return made.customer();
    }

    public Begun beginSetup(String customer, String payer, String token) {
        SetupView setup = setups.values().stream()
                .filter(each -> each.token().equals(token))
                .findFirst()
                .orElseGet(() -> new SetupView("seti_" + setups.size(), customer, payer, token, null));
        setups.putIfAbsent(setup.id(), setup);
        return new Begun(setup.id(), setup.id() + "_secret");
    }

    /** The setups that wait for their cards. */
    public List<SetupView> waiting() {
        return setups.values().stream().filter(each -> each.card() == null).toList();
    }

    /** The owner of a card finishes a setup with it. */
    public void finish(SetupView setup, Card card) {
        setups.put(setup.id(), new SetupView(setup.id(), setup.customer(), setup.payerId(), setup.token(), card));
        events.happened("payment_method.attached", card.paymentMethod());
        events.happened("setup_intent.succeeded", setup.id());
    }

    public Optional<SetupView> setup(String id) {
        return Optional.ofNullable(setups.get(id));
    }

    public Optional<SetupView> setupOf(String paymentMethod) {
        return setups.values().stream()
                .filter(each ->
                        each.card() != null && each.card().paymentMethod().equals(paymentMethod))
                .findFirst();
    }

    /** The card, if it is nobody's any more. */
    public Optional<Card> detachedCard(String paymentMethod) {
        return Optional.ofNullable(detached.get(paymentMethod));
    }

    /** Answers whether it is no longer that customer's; false if it never was. */
    public boolean detach(String paymentMethod, String customer) {
        Optional<SetupView> theirs =
                setupOf(paymentMethod).filter(setup -> setup.customer().equals(customer));
        theirs.map(SetupView::card).ifPresent(this::detach);
        return theirs.isPresent();
    }

    /** The card is nobody's any more. */
    public void detach(Card card) {
        if (detached.put(card.paymentMethod(), card) == null) {
            events.happened("payment_method.detached", card.paymentMethod());
        }
    }
}
