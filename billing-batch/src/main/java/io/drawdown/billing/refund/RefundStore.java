package io.drawdown.billing.refund;

import io.drawdown.kit.store.GuardedStore;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/** The port to what became of money that was taken. */
public interface RefundStore extends GuardedStore<RefundDocument> {

    /** Those with events that were not published before then; the oldest first. */
    Uni<List<RefundDocument>> unsent(Instant pendingBefore, int limit);
}
