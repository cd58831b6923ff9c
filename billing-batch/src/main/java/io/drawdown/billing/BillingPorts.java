package io.drawdown.billing;

import io.drawdown.billing.charge.engine.Alarms;
import io.drawdown.billing.charge.engine.Payments;
import io.drawdown.billing.item.engine.ItemSettings;
import io.drawdown.billing.item.store.ItemStores;
import io.drawdown.billing.hook.EventFeed;
import io.drawdown.billing.hook.FeedDocument;
import io.drawdown.billing.hook.InboxStore;
import io.drawdown.billing.payer.CardVault;
import io.drawdown.billing.payer.PayerStores;
import io.drawdown.billing.refund.ChargeFacts;
import io.drawdown.billing.refund.RefundStore;
import io.drawdown.kit.store.GuardedStore;
import io.drawdown.billing.publish.Publisher;
import io.drawdown.billing.run.engine.Processes;
import io.drawdown.billing.run.engine.RunMonitor;
import io.drawdown.billing.run.store.RunStores;
import io.drawdown.kit.events.EventPublisher;

/** Everything outside the core that it talks to. */
public record BillingPorts(
        RunStores runs, EventPublisher events, Processes processes, RunMonitor monitor, Money money, Cards cards, Queue queue) {

    /** What takes money needs. */
    public record Money(Payments payments, PayerStores payers, Alarms alarms) {}

    /** What cards, and what Stripe tells, need. */
    public record Cards(
            CardVault vault,
            EventFeed feed,
            ChargeFacts facts,
            InboxStore inbox,
            GuardedStore<FeedDocument> feeds,
            RefundStore refunds) {}

    /** What queued items need. */
    public record Queue(ItemStores stores, Publisher publisher, ItemSettings settings) {}
}
