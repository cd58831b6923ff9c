package io.drawdown.billing;

import io.drawdown.billing.charge.engine.Charging;
import io.drawdown.billing.payer.Payers;
import io.drawdown.billing.purchase.PurchaseRules;
import io.drawdown.billing.purchase.engine.PurchasePorts;
import io.drawdown.billing.purchase.engine.Purchases;
import io.drawdown.billing.topup.engine.TopUps;
import io.drawdown.contracts.AccountEvent;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** What {@link BillingCore} has for credits that are bought: the purchases, the top-ups, and the events of accounts. */
public final class PurchasesCore {

    private static final Logger LOG = Logger.getLogger(PurchasesCore.class);

    private final Purchases purchases;
    private final TopUps topUps;

    PurchasesCore(
            BillingPorts ports,
            Charging charging,
            Payers payers,
            Time time,
            Scheduler scheduler,
            RandomGenerator random) {
        BillingPorts.Credits credits = ports.outside().credits();
        purchases = new Purchases(
                new PurchasePorts(
                        credits.purchases(),
                        charging,
                        payers,
                        credits.accounts(),
                        credits.refunds(),
                        ports.outside().money().alarms(),
                        ports.events()),
                credits.settings(),
                time,
                scheduler,
                random);
        topUps = new TopUps(credits.topUps(), purchases, credits.policy(), time, scheduler, random);
    }

    public Purchases purchases() {
        return purchases;
    }

    public TopUps topUps() {
        return topUps;
    }

    void start() {
        purchases.start();
        topUps.start();
    }

    /** Begins nothing more by itself. */
    void stop() {
        topUps.stop();
        purchases.stop();
    }

    /** Publishes at once what is left. */
    void finish() {
        purchases.outbox().finish();
    }

    boolean isDrained() {
        return purchases.outbox().isDrained();
    }

    int backlog() {
        return purchases.outbox().backlog();
    }

    /** Something has happened to the intent of that charge; one that is no purchase's is none of our business. */
    Uni<Void> look(String reference) {
        return reference.startsWith(PurchaseRules.REFERENCE)
                ? purchases.look(reference.substring(PurchaseRules.REFERENCE.length()))
                : Uni.createFrom().voidItem();
    }

    /** Something happened to accounts. An event may come late, twice or never. */
    public void heard(List<AccountEvent> events) {
        for (AccountEvent event : events) {
            purchases
                    .heard(event)
                    .subscribe()
                    .with(done -> {}, fault -> LOG.warnf("Event not used: event=%s fault=%s", event.id(), fault));
            topUps.heard(event);
        }
    }
}
