package io.drawdown.billing.testing;

import io.drawdown.billing.refund.RefundDocument;
import io.drawdown.billing.refund.RefundStore;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/** What became of money, in memory. */
public final class MemoryRefunds extends MemoryGuarded<RefundDocument> implements RefundStore {

    public MemoryRefunds(ManualTime time) {
        super(time);
    }

    @Override
    public Uni<List<RefundDocument>> unsent(Instant pendingBefore, int limit) {
        return answer(() -> documents.values().stream()
                .filter(refund -> refund.outbox().pending() != null
                        && refund.outbox().pending().isBefore(pendingBefore))
                .limit(limit)
                .toList());
    }
}
