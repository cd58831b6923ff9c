package io.drawdown.billing.testing;

import io.drawdown.billing.purchase.PurchaseDocument;
import io.drawdown.billing.purchase.store.PurchaseStore;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
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
