package io.drawdown.simulator.billing.stores;

import io.drawdown.billing.item.TeamDocument;
import io.drawdown.billing.item.store.TeamStore;
import io.drawdown.simulator.world.Link;

/** The teams as one process reaches them. */
public final class SimulatedTeams extends SimulatedGuarded<TeamDocument> implements TeamStore {

    public SimulatedTeams(Link link, BillingStores stores) {
        super(link, stores.database(), stores.queue().teams());
    }
}
