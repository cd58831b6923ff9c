package io.drawdown.billing.item.process;

import io.drawdown.billing.batch.BatchContext;
import io.drawdown.billing.batch.BatchProcess;
import io.drawdown.billing.batch.BatchResult;
import io.drawdown.billing.batch.Schedule;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.engine.Items;
import io.drawdown.billing.item.store.ItemStore.Turn;
import io.drawdown.billing.notice.Notice;
import io.drawdown.billing.notice.Notices;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.runtime.CoreLoop;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Tells teams by mail which of their items have expired. That it is due is in the item's document, until the mail is sent. */
@Singleton
public final class ExpiryNotices implements BatchProcess {

    private static final int PAGE = 100;
    private static final int LONGEST_TITLE = 100;
    private static final Logger LOG = Logger.getLogger(ExpiryNotices.class);

    /** Asked for when it runs: the core is built after the processes are found. */
    private final Instance<Items> items;

    private final Notices notices;
    private final CoreLoop loop;

    ExpiryNotices(Instance<Items> items, Notices notices, CoreLoop loop) {
        this.items = items;
        this.notices = notices;
        this.loop = loop;
    }

    @Override
    public String name() {
        return "expiry_notices";
    }

    @Override
    public Schedule schedule() {
        return Schedule.cron("*/10 * * * *", "UTC");
    }

    @Override
    public BatchResult run(BatchContext context) {
        @Nullable Turn after = context.cursor().map(Turn::parse).orElse(null);
        while (context.mayGoOn()) {
            List<ItemDocument> page = untold(after);
            for (ItemDocument item : page) {
                if (!context.mayGoOn()) {
                    return BatchResult.partial();
                }
                tell(item, context);
            }
            if (page.size() < PAGE) {
                return BatchResult.completed();
            }
            after = Turn.of(page.getLast());
            context.save(after.cursor());
        }
        return BatchResult.partial();
    }

    private List<ItemDocument> untold(@Nullable Turn after) {
        return call(() -> items.get().stores().items().untold(after, PAGE));
    }

    private void tell(ItemDocument item, BatchContext context) {
        try {
            String to = call(() -> items.get().teams().get(item.spec().team()))
                    .profile()
                    .email();
            context.effect(() -> send(item, to, context));
            context.count(to == null ? "skipped_count" : "processed_count", 1);
        } catch (Unavailable | OutcomeUnknown e) {
            LOG.warnf("Notice of an expired item not sent: item=%s fault=%s", item.id(), e);
            context.count("failed_count", 1);
        }
    }

    private ItemDocument send(ItemDocument item, @Nullable String to, BatchContext context) {
        Instant expiredAt = Objects.requireNonNull(item.agenda().notice());
        if (to != null) {
            notices.send(notice(item, to, expiredAt), Duration.between(expiredAt, context.asOf()));
        }
        return call(() -> items.get().told(item, expiredAt, context.fence()));
    }

    private static Notice notice(ItemDocument item, String to, Instant expiredAt) {
        String title = item.spec().title();
        String shown = title.length() <= LONGEST_TITLE ? title : title.substring(0, LONGEST_TITLE - 1) + "…";
        return new Notice(
                to,
                "Not published: " + shown,
                """
                "%s" was taken out of the queue of team %s, because it had waited for too long.
                Nothing was charged for it. To publish it after all, queue it again.

                Item: %s
                """.formatted(shown, item.spec().team(), item.spec().itemId()),
                "expired:" + item.id() + ":" + expiredAt.toEpochMilli());
    }

    private <T> T call(Supplier<Uni<T>> question) {
        return loop.call(question).await().indefinitely();
    }
}
