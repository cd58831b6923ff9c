package io.drawdown.billing.purchase.engine;

import io.drawdown.billing.purchase.PurchaseDocument;
import io.drawdown.billing.purchase.PurchaseRules;
import io.drawdown.billing.purchase.store.PurchaseStore;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Continues the purchases that are due: those that a crash interrupted, those that had to wait, and those whose outcome no event
 * has told. Every instance does so.
 */
final class PurchaseSweep {

    /** How long it may take with one purchase. */
    static final Duration PATIENCE = Duration.ofSeconds(55);

    private static final Logger LOG = Logger.getLogger(PurchaseSweep.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final int MOST = 200;
    private static final int MOST_AT_ONCE = 64;

    private final PurchaseStore store;
    private final GuardedWrites<PurchaseDocument> writes;
    private final Function<PurchaseDocument, Uni<PurchaseDocument>> work;
    private final Time time;
    private final PeriodicTask task;
    private final Set<String> underWay = new HashSet<>();

    PurchaseSweep(
            PurchaseStore store,
            GuardedWrites<PurchaseDocument> writes,
            Function<PurchaseDocument, Uni<PurchaseDocument>> work,
            Time time,
            Scheduler scheduler) {
        this.store = store;
        this.writes = writes;
        this.work = work;
        this.time = time;
        task = PeriodicTask.of("move on purchases that are due", scheduler, INTERVAL, this::sweep);
    }

    void start() {
        task.startNow();
    }

    void stop() {
        task.stop();
    }

    private Uni<Void> sweep() {
        return store.due(time.now(), MOST).invoke(this::begin).replaceWithVoid();
    }

    /** One that takes long, because Stripe does not answer, keeps no other one waiting. */
    private void begin(List<PurchaseDocument> due) {
        for (PurchaseDocument purchase : due) {
            if (underWay.size() < MOST_AT_ONCE && underWay.add(purchase.id())) {
                work.apply(purchase)
                        .onFailure()
                        .recoverWithItem(fault -> failed(purchase, fault))
                        .chain(this::lookLater)
                        .onTermination()
                        .invoke(() -> underWay.remove(purchase.id()))
                        .subscribe()
                        .with(done -> {}, fault -> failed(purchase, fault));
            }
        }
    }

    /** One that is still due must not be among the first for ever: those behind it would never be moved on. */
    private Uni<PurchaseDocument> lookLater(PurchaseDocument purchase) {
        return PurchaseRules.lookLater(purchase, time.now()) == null
                ? Uni.createFrom().item(purchase)
                : writes.change(purchase, PurchaseRules::lookLater);
    }

    private static PurchaseDocument failed(PurchaseDocument purchase, Throwable fault) {
        LOG.warnf("Purchase not moved on: purchaseId=%s fault=%s", purchase.id(), fault);
        return purchase;
    }
}
