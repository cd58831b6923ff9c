package io.drawdown.billing;

import io.drawdown.billing.charge.engine.Alarms;
import io.drawdown.billing.charge.engine.Payments;
import io.drawdown.billing.hook.EventFeed;
import io.drawdown.billing.hook.FeedDocument;
import io.drawdown.billing.hook.InboxStore;
import io.drawdown.billing.item.engine.ItemSettings;
import io.drawdown.billing.item.store.ItemStores;
import io.drawdown.billing.payer.CardVault;
import io.drawdown.billing.payer.PayerStores;
import io.drawdown.billing.publish.Publisher;
import io.drawdown.billing.purchase.engine.CreditAccounts;
import io.drawdown.billing.purchase.engine.PurchaseSettings;
import io.drawdown.billing.purchase.engine.Refunds;
import io.drawdown.billing.purchase.store.PurchaseStore;
import io.drawdown.billing.refund.ChargeFacts;
import io.drawdown.billing.refund.RefundStore;
import io.drawdown.billing.run.engine.Processes;
import io.drawdown.billing.run.engine.RunMonitor;
import io.drawdown.billing.run.store.RunStores;
import io.drawdown.billing.topup.TopUpPolicy;
import io.drawdown.billing.topup.store.TopUpStore;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.store.GuardedStore;
import io.drawdown.kit.trace.Spans;

/** Everything outside the core that it talks to. */
public record BillingPorts(
        RunStores runs, EventPublisher events, Processes processes, RunMonitor monitor, Outside outside, Spans spans) {

    /** Where no spans are started. */
    public BillingPorts(
            RunStores runs, EventPublisher events, Processes processes, RunMonitor monitor, Outside outside) {
        this(runs, events, processes, monitor, outside, Spans.NONE);
    }

    /** What each part of the core needs of its own. */
    public record Outside(Money money, Cards cards, Queue queue, Credits credits) {}

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

    /** What purchases of credits and top-ups need. */
    public record Credits(
            PurchaseStore purchases,
            TopUpStore topUps,
            CreditAccounts accounts,
            Refunds refunds,
            PurchaseSettings settings,
            TopUpPolicy policy) {}

    /** What queued items need. */
    public record Queue(ItemStores stores, Publisher publisher, ItemSettings settings) {}
}
