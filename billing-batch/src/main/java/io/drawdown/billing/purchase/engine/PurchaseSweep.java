package io.drawdown.billing.purchase.engine;

import io.drawdown.billing.purchase.PurchaseDocument;
import io.drawdown.billing.purchase.store.PurchaseStore;
import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Moves on what is due: what a crash left, what had to wait, what nobody told us. Each instance does. */
final class PurchaseSweep {

    /** How long it may take with one purchase. */
    static final Duration PATIENCE = Duration.ofSeconds(55);

    private static final Logger LOG = Logger.getLogger(PurchaseSweep.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    /** A purchase that is still due after it was looked at is not looked at again before then, unless somebody has changed it. */
    private static final Duration REST = Duration.ofSeconds(20);

    private static final int MOST = 200;
    private static final int MOST_AT_ONCE = 64;

    private final PurchaseStore store;
    private final Function<PurchaseDocument, Uni<PurchaseDocument>> work;
    private final Time time;
    private final PeriodicTask task;
    private final Set<String> underWay = new HashSet<>();
    private final Map<String, Instant> rested = new HashMap<>();

    PurchaseSweep(
            PurchaseStore store,
            Function<PurchaseDocument, Uni<PurchaseDocument>> work,
            Time time,
            Scheduler scheduler) {
        this.store = store;
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
        Instant now = time.now();
        rested.values().removeIf(until -> !until.isAfter(now));
        return store.due(now, MOST).invoke(this::begin).replaceWithVoid();
    }

    /** One that takes long, because Stripe does not answer, keeps no other one waiting. */
    private void begin(List<PurchaseDocument> due) {
        for (PurchaseDocument purchase : due) {
            if (underWay.size() < MOST_AT_ONCE && !rested.containsKey(key(purchase)) && underWay.add(purchase.id())) {
                work.apply(purchase).subscribe().with(this::moved, fault -> failed(purchase, fault));
            }
        }
    }

    private void moved(PurchaseDocument purchase) {
        underWay.remove(purchase.id());
        Instant due = purchase.agenda().due();
        if (due != null && !due.isAfter(time.now())) {
            rested.put(key(purchase), time.now().plus(REST));
        }
    }

    private void failed(PurchaseDocument purchase, Throwable fault) {
        underWay.remove(purchase.id());
        LOG.warnf("Purchase not moved on: purchaseId=%s fault=%s", purchase.id(), fault);
    }

    private static String key(PurchaseDocument purchase) {
        return purchase.id() + ":" + purchase.rev();
    }
}
