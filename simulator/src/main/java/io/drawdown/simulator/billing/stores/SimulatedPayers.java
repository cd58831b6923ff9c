package io.drawdown.simulator.billing.stores;

import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.billing.payer.PayerStore;
import io.drawdown.simulator.world.Link;

/** The payers as one process reaches them. */
public final class SimulatedPayers extends SimulatedGuarded<PayerDocument> implements PayerStore {

    public SimulatedPayers(Link link, BillingStores stores) {
        super(link, stores.database(), stores.money().payers());
    }
}
