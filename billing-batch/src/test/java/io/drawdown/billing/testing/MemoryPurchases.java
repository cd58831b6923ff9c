package io.drawdown.billing.testing;

import io.drawdown.billing.purchase.PurchaseDocument;
import io.drawdown.billing.purchase.store.PurchaseStore;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Purchases in memory; nobody lists them. */
public final class MemoryPurchases extends MemoryGuarded<PurchaseDocument> implements PurchaseStore {

    public MemoryPurchases(ManualTime time) {
        super(time);
    }

    @Override
    public Uni<List<PurchaseDocument>> due(Instant asOf, int limit) {
        return answer(() -> documents.values().stream()
                .filter(purchase -> purchase.agenda().due() != null
                        && !purchase.agenda().due().isAfter(asOf))
                .sorted(Comparator.comparing(
                        purchase -> Objects.requireNonNull(purchase.agenda().due())))
                .limit(limit)
                .toList());
    }

    @Override
    public Uni<List<PurchaseDocument>> page(@Nullable String account, @Nullable String after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<List<PurchaseDocument>> unsent(Instant pendingBefore, int limit) {
        return answer(() -> documents.values().stream()
                .filter(purchase -> purchase.outbox().pending() != null
                        && purchase.outbox().pending().isBefore(pendingBefore))
                .limit(limit)
                .toList());
    }
}
