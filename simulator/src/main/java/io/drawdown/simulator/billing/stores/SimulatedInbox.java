package io.drawdown.simulator.billing.stores;

import io.drawdown.billing.hook.HintDocument;
import io.drawdown.billing.hook.InboxStore;
import io.drawdown.simulator.world.Link;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** What Stripe told, as one process reaches it. */
public final class SimulatedInbox extends SimulatedGuarded<HintDocument> implements InboxStore {

    public SimulatedInbox(Link link, BillingStores stores) {
        super(link, stores.database(), stores.told().inbox());
    }

    @Override
    public Uni<List<HintDocument>> due(Instant by, int limit) {
        return link.read(callFault -> some(
                        callFault, hint -> hint.due() != null && !hint.due().isAfter(by))
                .sorted(Comparator.comparing(hint -> Objects.requireNonNull(hint.due())))
                .limit(limit)
                .toList());
    }

    /** No process of the scene removes what is old. */
    @Override
    public Uni<List<String>> doneBefore(Instant receivedBefore, String after, int limit) {
        return link.read(() -> List.of());
    }

    @Override
    public Uni<Void> remove(List<String> ids) {
        throw new IllegalStateException("none was found to be old");
    }
}
