package io.drawdown.simulator.billing;

import io.drawdown.billing.charge.ChargeState.Receipt;
import io.drawdown.billing.purchase.PurchaseDocument;
import io.drawdown.billing.purchase.PurchaseRules;
import io.drawdown.billing.purchase.PurchaseStatus;
import io.drawdown.billing.topup.TopUpDocument;
import io.drawdown.simulator.billing.outside.ModelCredits;
import io.drawdown.simulator.billing.stores.BillingStores;
import io.drawdown.simulator.stripe.ModelStripe;
import io.drawdown.simulator.stripe.ModelStripe.Held;
import io.drawdown.simulator.stripe.StripeEvents.Event;
import io.drawdown.simulator.world.Findings;
import io.drawdown.simulator.world.SimulationContext;
import io.drawdown.simulator.world.Table;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What must hold of credits that are bought. */
final class PurchaseInvariants {

    private final SimulationContext context;
    private final Findings findings;
    private final ModelStripe stripe;
    private final ModelCredits credits;
    private final Table<PurchaseDocument> purchases;
    private final Table<TopUpDocument> topUps;
    private final Map<String, Integer> taken = new HashMap<>();
    private final Map<String, PurchaseStatus> statuses = new HashMap<>();
    private final Map<String, Set<String>> automatic = new HashMap<>();

    PurchaseInvariants(SimulationContext context, BillingStores stores, ModelStripe stripe, ModelCredits credits) {
        this.context = context;
        this.findings = context.findings;
        this.stripe = stripe;
        this.credits = credits;
        this.purchases = stores.money().purchases();
        this.topUps = stores.money().topUps();
        purchases.whenCommitted((id, purchase) -> committed(purchase));
        stripe.events.onEvent(this::happened);
    }

    private void happened(Event event) {
        Held held = stripe.intents.get(event.object());
        if (event.type().equals("payment_intent.succeeded")
                && Objects.requireNonNull(held).reference().startsWith(PurchaseRules.REFERENCE)) {
            int times = taken.merge(held.chargeId, 1, Integer::sum);
            findings.expect(times == 1, "no purchase is charged twice", () -> held.chargeId + " is");
        }
    }

    private void committed(PurchaseDocument purchase) {
        PurchaseStatus before = statuses.put(purchase.id(), purchase.status());
        if (before != purchase.status()) {
            context.counts.count("purchase " + purchase.status());
        }
        findings.expect(
                purchase.receipt() == null || taken.containsKey(purchase.id()),
                "a purchase with a receipt was charged",
                () -> purchase + " was not");
        if (purchase.spec().isAutomatic()) {
            automatic(purchase, before == null);
        }
    }

    private void automatic(PurchaseDocument purchase, boolean isNew) {
        String account = purchase.spec().account();
        Set<String> open = automatic.computeIfAbsent(account, name -> new HashSet<>());
        if (isNew) {
            findings.expect(
                    credits.wasLow(account),
                    "a top-up buys only if the balance was low since it gave credits",
                    () -> purchase + " is begun");
        }
        if (purchase.status().isOver()) {
            open.remove(purchase.id());
        } else {
            open.add(purchase.id());
        }
        findings.expect(
                open.size() <= 1, "of the purchases of a top-up one at most is not over", () -> open + " are open");
    }

    boolean isAtRest() {
        return purchases.all().stream().allMatch(PurchaseInvariants::isOver)
                && topUps.all().stream().allMatch(PurchaseInvariants::isOver);
    }

    private static boolean isOver(PurchaseDocument purchase) {
        return purchase.status().isOver()
                && purchase.status() != PurchaseStatus.DEAD
                && purchase.outbox().pending() == null;
    }

    private static boolean isOver(TopUpDocument rule) {
        return rule.progress().inFlight() == null;
    }

    void checkAtRest() {
        for (TopUpDocument rule : topUps.all()) {
            findings.expect(isOver(rule), "when faults stop, no top-up waits for a purchase", () -> "it does: " + rule);
        }
        for (PurchaseDocument purchase : purchases.all()) {
            findings.expect(
                    isOver(purchase),
                    "when faults stop, every purchase comes to its end",
                    () -> "it has not: " + purchase);
            findings.expect(
                    isSettled(purchase),
                    "a purchase is granted, or its money is given back, or none was taken",
                    () -> purchase + " is " + purchase.status());
        }
    }

    private boolean isSettled(PurchaseDocument purchase) {
        boolean isTaken = taken.containsKey(purchase.id());
        boolean isGiven = credits.hasGiven(purchase.id());
        return switch (purchase.status()) {
            case GRANTED -> isTaken && isGiven && givenBack(purchase) == 0;
            case REFUNDED ->
                isTaken
                        && !isGiven
                        && givenBack(purchase) == purchase.spec().pack().priceCents();
            default -> !isTaken && !isGiven;
        };
    }

    private long givenBack(PurchaseDocument purchase) {
        Receipt receipt = purchase.receipt();
        return receipt == null ? 0 : stripe.refunds.given.getOrDefault(receipt.charge(), 0L);
    }

    /** What is recorded as paid, in cents. */
    long received() {
        return purchases.all().stream()
                .map(PurchaseDocument::receipt)
                .filter(Objects::nonNull)
                .mapToLong(Receipt::amountCents)
                .sum();
    }
}
