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

    /** A reading that is interrupted goes on where it was, so that it comes to its end however long the list is. */
    @Override
    public BatchResult run(BatchContext context) {
        if (!catchUp.get().isConfigured()) {
            return BatchResult.skipped("not_configured");
        }
        context.count(FOUND, 0);
        Reading reading = context.cursor().map(Reading::parse).orElseGet(this::begin);
        while (context.mayGoOn()) {
            Page page = page(reading);
            take(context, page);
            reading = reading.with(page);
            if (!page.hasMore() || page.last() == null) {
                complete(context, reading.throughSeconds());
                return BatchResult.completed();
            }
            context.save(reading.cursor());
        }
        return BatchResult.partial();
    }

    private Reading begin() {
        return new Reading(await(() -> catchUp.get().begin()), null, null);
    }

    private Page page(Reading reading) {
        return await(() -> catchUp.get().page(reading.fromSeconds(), reading.after()));
    }

    private void take(BatchContext context, Page page) {
        int found = context.effect(() -> await(() -> catchUp.get().take(page))).orElse(0);
        context.count(FOUND, found);
    }

    /** @param through absent where no event is listed at all */
    private void complete(BatchContext context, @Nullable Long through) {
        if (through != null) {
            context.effect(() -> await(() -> catchUp.get().complete(through).replaceWith(true)));
        }
    }

    private <T> T await(Supplier<Uni<T>> call) {
        return loop.call(call).await().indefinitely();
    }
}
