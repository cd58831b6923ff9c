package io.drawdown.billing.hook.process;

import io.drawdown.billing.batch.BatchContext;
import io.drawdown.billing.batch.BatchProcess;
import io.drawdown.billing.batch.BatchResult;
import io.drawdown.billing.batch.Schedule;
import io.drawdown.billing.hook.CatchUp;
import io.drawdown.billing.hook.EventFeed.Page;
import io.drawdown.kit.runtime.CoreLoop;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes the events of Stripe whose delivery was missed from Stripe's own list. */
@Singleton
public final class StripeEvents implements BatchProcess {

    private static final String FOUND = "processed_count";

    /** Asked for when it runs: the core is built after the processes are found. */
    private final Instance<CatchUp> catchUp;

    private final CoreLoop loop;

    StripeEvents(Instance<CatchUp> catchUp, CoreLoop loop) {
        this.catchUp = catchUp;
        this.loop = loop;
    }

    @Override
    public String name() {
        return "stripe_events";
    }

    @Override
    public Schedule schedule() {
        return Schedule.cron("*/10 * * * *", "UTC").skippingMissed();
    }

    /** A reading that is interrupted begins again at the latest event; what it has taken is not taken twice. */
    @Override
    public BatchResult run(BatchContext context) {
        if (!catchUp.get().isConfigured()) {
            return BatchResult.skipped("not_configured");
        }
        long from = await(() -> catchUp.get().begin());
        context.count(FOUND, 0);
        @Nullable Long through = null;
        @Nullable String after = null;
        boolean hasMore = true;
        while (hasMore) {
            if (!context.mayGoOn()) {
                return BatchResult.partial();
            }
            Page page = page(from, after);
            through = through == null ? page.latestSeconds() : through;
            take(context, page);
            after = page.last();
            hasMore = page.hasMore() && after != null;
        }
        if (through != null) {
            complete(context, through);
        }
        return BatchResult.completed();
    }

    private Page page(long from, @Nullable String after) {
        return await(() -> catchUp.get().page(from, after));
    }

    private void take(BatchContext context, Page page) {
        int found = context.effect(() -> await(() -> catchUp.get().take(page))).orElse(0);
        context.count(FOUND, found);
    }

    private void complete(BatchContext context, long through) {
        context.effect(() -> await(() -> catchUp.get().complete(through).replaceWith(true)));
    }

    private <T> T await(Supplier<Uni<T>> call) {
        return loop.call(call).await().indefinitely();
    }
}
