package io.drawdown.simulator.charging;

import io.drawdown.billing.charge.Charge;
import io.drawdown.billing.charge.ChargeState;
import io.drawdown.billing.charge.ChargeState.Charged;
import io.drawdown.billing.charge.ChargeState.Dead;
import io.drawdown.billing.charge.ChargeState.Fault;
import io.drawdown.billing.charge.IntentView.Status;
import io.drawdown.billing.charge.engine.ChargeOwner;
import io.drawdown.simulator.stripe.ModelStripe;
import io.drawdown.simulator.stripe.ModelStripe.Held;
import org.jspecify.annotations.Nullable;

/** Compares what Stripe took with what is recorded. */
final class Ledger {

    private final Stores stores;
    private final ModelStripe stripe;
    private final StripeWatch watch;
    private final World world;

    Ledger(Stores stores, ModelStripe stripe, StripeWatch watch, World world) {
        this.stores = stores;
        this.stripe = stripe;
        this.watch = watch;
        this.world = world;
    }

    @Nullable
    String finding() {
        for (ChargeOwner.Stored each : stores.charges) {
            check(each.charge());
        }
        stripe.intents.values().forEach(this::checkDeclines);
        stores.counted.stream()
                .filter(id -> !watch.declined.contains(id))
                .forEach(id -> world.find("a decline is counted that was none: " + id));
        stores.rested.stream()
                .filter(card -> !watch.declinedCards.contains(card))
                .forEach(card -> world.find("a card rests that was not declined: " + card));
        return world.finding;
    }

    private void check(Charge charge) {
        int taken = stripe.taken.getOrDefault(charge.id(), 0);
        if (taken > 1) {
            world.find("money is taken twice for " + charge.id());
        }
        boolean isRecorded = charge.state() instanceof Charged charged && charged.receipt() != null;
        if (isRecorded != (taken == 1) && !isMissing(charge)) {
            world.find("money taken: " + taken + ", but " + charge.id() + " is "
                    + charge.state().name());
        }
        if (charge.state() instanceof Dead && !watch.alarmed.contains(charge.id())) {
            world.find(charge.id() + " is dead and nobody knows");
        }
        if (charge.state() instanceof ChargeState.Cancelled) {
            checkCancelled(charge);
        }
    }

    /** Of a cancelled charge no intent that was ever confirmed may still take money. */
    private void checkCancelled(Charge charge) {
        stripe.intents.values().stream()
                .filter(held -> held.chargeId.equals(charge.id()))
                .filter(held -> held.card() != null && held.status != Status.CANCELED)
                .forEach(held -> world.find("a cancelled charge can still take money: " + held.status));
    }

    private static boolean isMissing(Charge charge) {
        return charge.state() instanceof Dead dead && dead.fault() == Fault.MISSING;
    }

    /** Each decline is counted at the payer, unless a customer or an operator acted at Stripe before anybody looked. */
    private void checkDeclines(Held held) {
        String latest = String.valueOf(held.view().latestCharge());
        boolean isKnown = !watch.declined.contains(latest) || stores.counted.contains(latest);
        boolean isDead = stores.charges.stream()
                .anyMatch(each -> each.charge().id().equals(held.chargeId) && isMissing(each.charge()));
        if (!isKnown && !watch.touched.contains(held.id) && !isDead) {
            world.find("a decline is not counted: " + latest);
        }
    }
}
