package io.drawdown.simulator.billing;

import io.drawdown.billing.item.TeamDocument;
import io.drawdown.billing.item.store.TeamStore;
import io.drawdown.simulator.world.Link;

/** The teams as one process reaches them. */
final class SimulatedTeams extends SimulatedGuarded<TeamDocument> implements TeamStore {

    SimulatedTeams(Link link, BillingStores stores) {
        super(link, stores.database(), stores.teams());
    }
}
