package io.drawdown.simulator.billing.stores;

import io.drawdown.billing.purchase.PurchaseDocument;
import io.drawdown.billing.purchase.store.PurchaseStore;
import io.drawdown.simulator.world.Link;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The purchases as one process reaches them. */
public final class SimulatedPurchases extends SimulatedGuarded<PurchaseDocument> implements PurchaseStore {

    public SimulatedPurchases(Link link, BillingStores stores) {
        super(link, stores.database(), stores.money().purchases());
    }

    @Override
    public Uni<List<PurchaseDocument>> due(Instant asOf, int limit) {
        return link.read(callFault -> some(
                        callFault,
                        each -> each.agenda().due() != null
                                && !each.agenda().due().isAfter(asOf))
                .sorted(Comparator.comparing(
                        each -> Objects.requireNonNull(each.agenda().due())))
                .limit(limit)
                .toList());
    }

    @Override
    public Uni<List<PurchaseDocument>> page(@Nullable String account, @Nullable String after, int limit) {
        return link.read(callFault -> some(callFault, each -> fits(each, account, after))
                .sorted(Comparator.comparing(
                                (PurchaseDocument each) -> each.agenda().place())
                        .reversed())
                .limit(limit)
                .toList());
    }

    private static boolean fits(PurchaseDocument each, @Nullable String account, @Nullable String after) {
        boolean isTheirs = account == null || account.equals(each.spec().account());
        return isTheirs && (after == null || each.agenda().place().compareTo(after) < 0);
    }

    @Override
    public Uni<List<PurchaseDocument>> unsent(Instant pendingBefore, int limit) {
        return link.read(callFault -> some(
                        callFault,
                        each -> each.outbox().pending() != null
                                && each.outbox().pending().isBefore(pendingBefore))
                .sorted(Comparator.comparing(
                        each -> Objects.requireNonNull(each.outbox().pending())))
                .limit(limit)
                .toList());
    }
}
