package io.drawdown.billing.item.process;

import io.drawdown.billing.batch.BatchContext;
import io.drawdown.billing.batch.BatchProcess;
import io.drawdown.billing.batch.BatchResult;
import io.drawdown.billing.batch.Schedule;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemStatus;
import io.drawdown.billing.item.engine.Items;
import io.drawdown.billing.item.store.ItemStore.Turn;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.runtime.CoreLoop;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Cancels items that have been queued for too long, with an event that says so. Where money may be under way it touches nothing. */
@Singleton
public final class QueueExpiry implements BatchProcess {

    private static final int PAGE = 200;
    private static final String PROCESSED = "processed_count";
    private static final String SKIPPED = "skipped_count";
    private static final String FAILED = "failed_count";
    private static final Logger LOG = Logger.getLogger(QueueExpiry.class);

    /** Asked for when it runs: the core is built after the processes are found. */
    private final Instance<Items> items;

    private final CoreLoop loop;

    QueueExpiry(Instance<Items> items, CoreLoop loop) {
        this.items = items;
        this.loop = loop;
    }

    @Override
    public String name() {
        return "queue_expiry";
    }

    @Override
    public Schedule schedule() {
        return Schedule.cron("41 * * * *", "UTC");
    }

    @Override
    public BatchResult run(BatchContext context) {
        Instant before = context.asOf().minus(items.get().settings().expiry());
        @Nullable Turn after = context.cursor().map(Turn::parse).orElse(null);
        while (context.mayGoOn()) {
            List<ItemDocument> page = page(before, after);
            for (ItemDocument item : page) {
                if (!context.mayGoOn()) {
                    return BatchResult.partial();
                }
                expire(item, before, context);
            }
            if (page.size() < PAGE) {
                return BatchResult.completed();
            }
            after = Turn.of(page.getLast());
            context.save(after.cursor());
        }
        return BatchResult.partial();
    }

    private List<ItemDocument> page(Instant before, @Nullable Turn after) {
        return loop.call(() -> items.get().stores().items().old(before, after, PAGE))
                .await()
                .indefinitely();
    }

    private void expire(ItemDocument item, Instant before, BatchContext context) {
        try {
            boolean isCancelled = context.effect(() -> expired(item, before, context))
                    .map(expired -> expired.status() == ItemStatus.CANCELLED)
                    .orElse(true);
            context.count(isCancelled ? PROCESSED : SKIPPED, 1);
        } catch (Unavailable | OutcomeUnknown e) {
            LOG.warnf("Item not expired: item=%s fault=%s", item.id(), e);
            context.count(FAILED, 1);
        }
    }

    private ItemDocument expired(ItemDocument item, Instant before, BatchContext context) {
        return loop.call(() -> items.get().expire(item, before, context.fence(), context::remaining))
                .await()
                .indefinitely();
    }
}
