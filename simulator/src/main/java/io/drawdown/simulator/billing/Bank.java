package io.drawdown.simulator.billing;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.Decline;
import io.drawdown.billing.charge.IntentView.Status;
import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.simulator.stripe.ModelStripe;
import io.drawdown.simulator.stripe.ModelStripe.Behaviour;
import io.drawdown.simulator.stripe.ModelStripe.Held;
import io.drawdown.simulator.world.SimulationContext;
import java.util.List;
import java.util.random.RandomGenerator;

/** What banks, the owners of cards and people at Stripe do, without telling the service. */
public final class Bank {

    private static final long SECOND = 1_000_000_000;

    private final SimulationContext context;
    private final BillingSide side;
    private final ModelStripe stripe;

    Bank(SimulationContext context, BillingSide side) {
        this.context = context;
        this.side = side;
        this.stripe = side.stripe();
    }

    /** From now on a card behaves in another way. */
    public void cardTurns(RandomGenerator random) {
        List<PayerDocument> payers = List.copyOf(side.stores().payers().all());
        if (payers.isEmpty()) {
            return;
        }
        Card card = payers.get(random.nextInt(payers.size())).card();
        if (card != null) {
            Behaviour[] all = Behaviour.values();
            Behaviour next = random.nextInt(3) == 0 ? Behaviour.PAY : all[random.nextInt(all.length)];
            stripe.cards.put(card.fingerprint(), next);
            context.trace.say("bank", () -> "the card " + card.fingerprint() + " is " + next);
        }
    }

    /** The owners of cards authenticate, and banks say what was open. */
    public void acts(RandomGenerator random) {
        for (Held held : stripe.intents.values()) {
            if (isAsked(held) && random.nextBoolean()) {
                stripe.succeed(held);
            } else if (held.status == Status.PROCESSING && random.nextInt(3) == 0) {
                stripe.failed(held, new Decline("card_declined", "do_not_honor", null));
            } else if (held.status == Status.PROCESSING || held.status == Status.REQUIRES_CAPTURE) {
                stripe.succeed(held);
            }
        }
    }

    private static boolean isAsked(Held held) {
        return held.status == Status.REQUIRES_ACTION
                || (held.status == Status.REQUIRES_PAYMENT_METHOD
                        && held.decline != null
                        && held.decline.code().equals("authentication_required"));
    }

    /** Somebody cancels an intent at Stripe. */
    public void cancels(RandomGenerator random) {
        for (Held held : stripe.intents.values()) {
            if (held.status == Status.REQUIRES_PAYMENT_METHOD && random.nextInt(4) == 0) {
                stripe.cancel(held);
            }
        }
    }

    /** Somebody gives what was taken for an item back in parts, one soon after the other. */
    public void refunds(RandomGenerator random) {
        List<Held> paid = stripe.intents.values().stream()
                .filter(held -> held.status == Status.SUCCEEDED)
                .filter(held -> held.reference().startsWith("item:"))
                .toList();
        if (paid.isEmpty()) {
            return;
        }
        Held held = paid.get(random.nextInt(paid.size()));
        long within = random.nextBoolean() ? SECOND / 2 : 8 * SECOND;
        int parts = 2 + random.nextInt(5);
        for (int part = 0; part < parts; part++) {
            long cents = 1 + random.nextLong(held.frozen.amountCents() / 6);
            context.timeline.after(random.nextLong(within), () -> stripe.refunds.give(held, cents));
        }
    }

    void mend() {
        stripe.cards.clear();
        for (Held held : stripe.intents.values()) {
            if (held.status == Status.PROCESSING || held.status == Status.REQUIRES_CAPTURE) {
                stripe.succeed(held);
            }
        }
    }
}
