package io.drawdown.simulator.billing.stores;

import io.drawdown.billing.run.ProcessDocument;
import io.drawdown.billing.run.store.ProcessStore;
import io.drawdown.simulator.world.Link;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** What is kept of processes, as one process of the service reaches it. */
public final class SimulatedProcessStore extends SimulatedGuarded<ProcessDocument> implements ProcessStore {

    public SimulatedProcessStore(Link link, BillingStores stores) {
        super(link, stores.database(), stores.batches().processes());
    }

    @Override
    public Uni<List<ProcessDocument>> all() {
        return link.read(callFault -> some(callFault, process -> true).toList());
    }
}
