package io.drawdown.billing;

import io.drawdown.billing.charge.engine.Payments;
import io.drawdown.billing.hook.CatchUp;
import io.drawdown.billing.hook.MongoFeeds;
import io.drawdown.billing.hook.MongoInbox;
import io.drawdown.billing.metrics.ChargeAlarms;
import io.drawdown.billing.payer.MongoFingerprints;
import io.drawdown.billing.payer.MongoPayers;
import io.drawdown.billing.payer.PayerStores;
import io.drawdown.billing.payer.Payers;
import io.drawdown.billing.refund.MongoRefunds;
import io.drawdown.billing.stripe.StripePorts;
import io.drawdown.kit.runtime.CoreRuntime;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What takes money, and what cards need, for the core. */
@Singleton
final class CardsService {

    @Produces
    @Singleton
    BillingPorts.Money money(
            Payments payments, MongoPayers payers, MongoFingerprints fingerprints, CoreRuntime runtime) {
        return new BillingPorts.Money(
                payments, new PayerStores(payers, fingerprints), new ChargeAlarms(runtime.metrics()));
    }

    @Produces
    @Singleton
    BillingPorts.Cards cards(StripePorts stripe, MongoInbox inbox, MongoFeeds feeds, MongoRefunds refunds) {
        return new BillingPorts.Cards(stripe.vault(), stripe.feed(), stripe.facts(), inbox, feeds, refunds);
    }

    @Produces
    @Singleton
    BillingPorts.Outside outside(
            BillingPorts.Money money,
            BillingPorts.Cards cards,
            BillingPorts.Queue queue,
            BillingPorts.Credits credits) {
        return new BillingPorts.Outside(money, cards, queue, credits);
    }

    @Produces
    @Singleton
    CardsCore core(BillingCore core) {
        return core.cards();
    }

    @Produces
    @Singleton
    Payers payers(BillingCore core) {
        return core.payers();
    }

    @Produces
    @Singleton
    CatchUp catchUp(BillingCore core) {
        return core.cards().catchUp();
    }
}
