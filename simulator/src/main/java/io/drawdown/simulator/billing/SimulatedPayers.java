package io.drawdown.simulator.billing;

import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.billing.payer.PayerStore;
import io.drawdown.simulator.world.Link;

/** The payers as one process reaches them. */
final class SimulatedPayers extends SimulatedGuarded<PayerDocument> implements PayerStore {

    SimulatedPayers(Link link, BillingStores stores) {
        super(link, stores.database(), stores.payers());
    }
}
