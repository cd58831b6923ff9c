package io.drawdown.billing.purchase.engine;

import io.drawdown.billing.charge.engine.Alarms;
import io.drawdown.billing.charge.engine.Charging;
import io.drawdown.billing.payer.Payers;
import io.drawdown.billing.purchase.store.PurchaseStore;
import io.drawdown.kit.events.EventPublisher;

/** Everything outside that purchases talk to. */
public record PurchasePorts(
        PurchaseStore store,
        Charging charging,
        Payers payers,
        CreditAccounts credits,
        Refunds refunds,
        Alarms alarms,
        EventPublisher events) {}
