package io.drawdown.billing.run.store;

import io.drawdown.billing.batch.BatchContext;
import io.drawdown.billing.batch.BatchProcess;
import io.drawdown.billing.batch.BatchResult;
import io.drawdown.billing.batch.Schedule;
import io.drawdown.kit.lease.IncarnationStore;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Removes the runs that have been kept for long enough, and what is kept of instances that are long gone. */
public final class RunRetention implements BatchProcess {

    static final int PAGE = 200;

    private static final Duration INSTANCES = Duration.ofDays(1);

    private final RunStore store;
    private final IncarnationStore instances;
    private final Duration keep;

    public RunRetention(RunStores stores, Duration keep) {
        this.store = stores.runs();
        this.instances = stores.incarnations();
        this.keep = keep;
    }

    @Override
    public String name() {
        return "run_retention";
    }

    @Override
    public Schedule schedule() {
        return Schedule.cron("17 * * * *", "UTC");
    }

    @Override
    public BatchResult run(BatchContext context) {
        Instant end = context.asOf().minus(keep);
        context.effect(() -> await(instances.removeFencedBefore(context.asOf().minus(INSTANCES)), context));
        String after = context.cursor().orElse("");
        while (context.mayGoOn()) {
            List<String> page = await(store.endedBefore(end, after, PAGE), context);
            if (page.isEmpty()) {
                return BatchResult.completed();
            }
            context.effect(() -> await(store.remove(page), context));
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
