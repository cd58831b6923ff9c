package io.drawdown.simulator.billing;

import io.drawdown.billing.charge.Charge;
import io.drawdown.billing.charge.ChargeState;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemState;
import io.drawdown.billing.item.ItemStatus;
import io.drawdown.billing.item.TeamDocument;
import io.drawdown.billing.run.RunDocument;
import io.drawdown.billing.run.RunnerDocument;
import io.drawdown.simulator.billing.stores.BillingStores;
import io.drawdown.simulator.stripe.ModelStripe;
import io.drawdown.simulator.stripe.ModelStripe.Held;
import io.drawdown.simulator.stripe.StripeEvents.Event;
import io.drawdown.simulator.world.Findings;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.SimulationContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** What must hold of items, their charges and the runs that move them. */
final class BillingInvariants {

    private final SimulationContext context;
    private final Findings findings;
    private final BillingStores stores;
    private final ModelStripe stripe;
    private final Map<String, Set<String>> free = new TreeMap<>();
    private final Map<String, ItemStatus> statuses = new HashMap<>();

    /** How often money was taken for an item, in all its lives. */
    private final Map<String, Integer> taken = new HashMap<>();

    BillingInvariants(SimulationContext context, BillingStores stores, ModelStripe stripe) {
        this.context = context;
        this.findings = context.findings;
        this.stores = stores;
        this.stripe = stripe;
        stores.items().whenCommitted((id, item) -> committed(item));
        stripe.events.onEvent(this::happened);
    }

    private void happened(Event event) {
        if (event.type().equals("payment_intent.succeeded")) {
            Held held = Objects.requireNonNull(stripe.intents.get(event.object()));
            if (held.reference().startsWith("item:")) {
                int times = taken.merge(ItemDocument.idOf(held.chargeId), 1, Integer::sum);
                findings.expect(times == 1, "no item is charged twice", () -> held.chargeId + " is, time " + times);
            }
        }
    }

    private void committed(ItemDocument item) {
        ItemStatus before = statuses.put(item.id(), item.status());
        if (before != item.status()) {
            context.counts.count("item " + item.status());
        }
        Charge charge = item.charge();
        boolean isPaid =
                charge != null && charge.state() instanceof ChargeState.Charged charged && charged.receipt() != null;
        findings.expect(!isPaid || taken(item) == 1, "an item with a receipt was charged", () -> item + " was not");
        findings.expect(
                !item.wasPublishing() || isPaid || item.isFree(),
                "what is published is paid for, or free",
                () -> item + " is neither");
        checkFree(item);
    }

    private void checkFree(ItemDocument item) {
        if (item.isFree() && item.spec().priceCents() > 0 && item.wasPublishing()) {
            Set<String> ofTeam = free.computeIfAbsent(item.spec().team(), team -> new HashSet<>());
            ofTeam.add(item.chargeId());
            findings.expect(
                    ofTeam.size() <= TeamDocument.FREE_PLACES,
                    "no more than three items of a team are free",
                    () -> ofTeam + " are");
        }
    }

    private int taken(ItemDocument item) {
        return taken.getOrDefault(item.id(), 0);
    }

    /** A process is about to replace an item; with a greater fence it does so for the first time in its run. */
    void written(Process writer, ItemDocument before, ItemDocument next) {
        findings.expect(
                next.fence() == before.fence() || !stores.leases().isFenced(writer),
                "no run of a runner that is fenced writes an item",
                () -> writer.name() + " writes " + next);
    }

    boolean isAtRest() {
        RunnerDocument runner = stores.batches().runner().committed(RunnerDocument.ID);
        boolean isIdle = runner == null || runner.current() == null;
        return isIdle
                && stores.items().all().stream().allMatch(BillingInvariants::isOver)
                && stores.batches().runs().all().stream().allMatch(run -> run.isOver() && run.pending() == null);
    }

    private static boolean isOver(ItemDocument item) {
        boolean isDone = item.status() == ItemStatus.PUBLISHED || item.status() == ItemStatus.CANCELLED;
        return isDone && item.outbox().pending() == null && item.agenda().notice() == null;
    }

    /** @param bought what is recorded as paid for credits, in cents */
    void checkAtRest(long bought) {
        long received = bought;
        for (ItemDocument item : stores.items().all()) {
            findings.expect(isOver(item), "when faults stop, every item comes to its end", () -> "it has not: " + item);
            findings.expect(
                    !(item.state() instanceof ItemState.Cancelled) || taken(item) == 0,
                    "an item that is cancelled was not charged",
                    () -> item + " was");
            received += receipt(item);
        }
        long taken = stripe.intents.values().stream()
                .mapToLong(held -> stripe.taken.getOrDefault(held.chargeId, 0) == 0 ? 0 : amount(held))
                .sum();
        long recorded = received;
        findings.expect(
                taken == recorded,
                "the money that was taken is that of the items that were charged, and of the purchases",
                () -> taken + " cents were taken, and " + recorded + " are recorded");
        for (RunDocument run : stores.batches().runs().all()) {
            findings.expect(
                    run.isOver() && run.pending() == null,
                    "when faults stop, every run comes to its end",
                    () -> "it has not: " + run);
        }
    }

    private static long amount(Held held) {
        return switch (held.status) {
            case SUCCEEDED -> held.frozen.amountCents();
            default -> 0;
        };
    }

    private static long receipt(ItemDocument item) {
        return item.charge() != null
                        && item.charge().state() instanceof ChargeState.Charged charged
                        && charged.receipt() != null
                ? charged.receipt().amountCents()
                : 0;
    }
}
