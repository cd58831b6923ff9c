package io.drawdown.billing.purchase.store;

import io.drawdown.billing.purchase.PurchaseDocument;
import io.drawdown.kit.store.GuardedStore;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The port to the purchases. */
public interface PurchaseStore extends GuardedStore<PurchaseDocument> {

    /** Those with something to do at that time, the longest due first. */
    Uni<List<PurchaseDocument>> due(Instant asOf, int limit);

    /**
     * Those of an account, or of all, the latest first.
     *
     * @param after the place of the last one of the page before; null for the first page
     */
    Uni<List<PurchaseDocument>> page(@Nullable String account, @Nullable String after, int limit);

    /** Those with events that were not published before then; the oldest first. */
    Uni<List<PurchaseDocument>> unsent(Instant pendingBefore, int limit);
}
