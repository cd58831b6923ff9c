package io.drawdown.billing.hook.process;

import io.drawdown.billing.batch.BatchContext;
import io.drawdown.billing.batch.BatchProcess;
import io.drawdown.billing.batch.BatchResult;
import io.drawdown.billing.batch.Schedule;
import io.drawdown.billing.config.StripeConfig;
import io.drawdown.billing.hook.InboxStore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Removes the events of Stripe that are done and were kept for long enough: for longer than Stripe lists them. */
@Singleton
public final class StripeEventRetention implements BatchProcess {

    static final int PAGE = 500;

    private final InboxStore inbox;
    private final Duration keep;

    StripeEventRetention(InboxStore inbox, StripeConfig config) {
        this.inbox = inbox;
        this.keep = config.stripe().keepEvents();
    }

    @Override
    public String name() {
        return "stripe_event_retention";
    }

    @Override
    public Schedule schedule() {
        return Schedule.cron("23 * * * *", "UTC");
    }

    @Override
    public BatchResult run(BatchContext context) {
        Instant end = context.asOf().minus(keep);
        String after = context.cursor().orElse("");
        context.count("processed_count", 0);
        while (context.mayGoOn()) {
            List<String> page = await(inbox.doneBefore(end, after, PAGE), context);
            if (page.isEmpty()) {
                return BatchResult.completed();
            }
            context.effect(() -> await(inbox.remove(page).replaceWith(true), context));
            context.count("processed_count", page.size());
            after = page.getLast();
            context.save(after);
        }
        return BatchResult.partial();
    }

    private static <T> T await(Uni<T> answer, BatchContext context) {
        return answer.await().atMost(context.remaining().plusSeconds(1));
    }
}
