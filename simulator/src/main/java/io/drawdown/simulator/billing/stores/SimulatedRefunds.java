package io.drawdown.simulator.billing.stores;

import io.drawdown.billing.refund.RefundDocument;
import io.drawdown.billing.refund.RefundStore;
import io.drawdown.simulator.world.Link;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** What became of money, as one process reaches it. */
public final class SimulatedRefunds extends SimulatedGuarded<RefundDocument> implements RefundStore {

    public SimulatedRefunds(Link link, BillingStores stores) {
        super(link, stores.database(), stores.told().refunds());
    }

    @Override
    public Uni<List<RefundDocument>> unsent(Instant pendingBefore, int limit) {
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
