package io.drawdown.billing;

import io.drawdown.billing.charge.engine.Alarms;
import io.drawdown.billing.charge.engine.Payments;
import io.drawdown.billing.item.engine.ItemSettings;
import io.drawdown.billing.item.store.ItemStores;
import io.drawdown.billing.payer.PayerStore;
import io.drawdown.billing.publish.Publisher;
import io.drawdown.billing.run.engine.Processes;
import io.drawdown.billing.run.engine.RunMonitor;
import io.drawdown.billing.run.store.RunStores;
import io.drawdown.kit.events.EventPublisher;

/** Everything outside the core that it talks to. */
public record BillingPorts(
        RunStores runs, EventPublisher events, Processes processes, RunMonitor monitor, Money money, Queue queue) {

    /** What takes money needs. */
    public record Money(Payments payments, PayerStore payers, Alarms alarms) {}

    /** What queued items need. */
    public record Queue(ItemStores stores, Publisher publisher, ItemSettings settings) {}
}
