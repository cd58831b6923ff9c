package io.drawdown.billing.item.process;

import io.drawdown.billing.batch.BatchContext;
import io.drawdown.billing.batch.BatchProcess;
import io.drawdown.billing.batch.BatchResult;
import io.drawdown.billing.batch.RunLost;
import io.drawdown.billing.batch.Schedule;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.engine.Forecast;
import io.drawdown.billing.item.engine.Items;
import io.drawdown.billing.item.engine.QueueRun;
import io.drawdown.billing.item.store.ItemStore.Turn;
import io.drawdown.kit.runtime.CoreLoop;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Charges and publishes the queued items that are due, page by page in the order of their turns. A run that has no time for all leaves
 * a cursor; the next one looks at what is due behind it first.
 */
@Singleton
public final class QueuedPages implements BatchProcess {

    /** Items of a page. */
    public static final int PAGE = DuePages.SIZE;

    /** Pages that are worked on at the same time: the next one begins while the last items of this one are still under way. */
    private static final int PAGES = 2;

    /** The same while some of the places stay free, because most of those items are of a few teams. */
    private static final int MOST_PAGES = 20;

    private static final Duration LOOK = Duration.ofMillis(200);

    /** How long after its end it waits for calls that are under way. What Stripe answers after that, a later run looks up. */
    private static final Duration LAST = Duration.ofSeconds(3);

    /** Asked for when it runs: the core is built after the processes are found. */
    private final Supplier<Items> items;

    private final CoreLoop loop;

    @Inject
    QueuedPages(Instance<Items> items, CoreLoop loop) {
        this(items::get, loop);
    }

    /** For a process without the others. */
    public QueuedPages(Supplier<Items> items, CoreLoop loop) {
        this.items = items;
        this.loop = loop;
    }

    @Override
    public String name() {
        return "queued_pages";
    }

    @Override
    public Schedule schedule() {
        return Schedule.cron("*/5 * * * *", "UTC");
    }

    /**
     * A page under way.
     *
     * @param next where the next one begins; null: where the next run begins stays as it is
     */
    private record Begun(
            CompletableFuture<Boolean> work, @Nullable String next) {}

    @Override
    public BatchResult run(BatchContext context) {
        return context.isDryRun() ? forecast(context) : process(context);
    }

    private BatchResult process(BatchContext context) {
        QueueRun run = new QueueRun(items.get(), context.fence(), context::remaining, new Figures(context));
        Deque<Begun> begun = new ArrayDeque<>();
        @Nullable Turn cursor = context.cursor().map(Turn::parse).orElse(null);
        DuePages due = new DuePages(after -> page(context, after), cursor, context::remaining);
        boolean isComplete = true;
        while (context.mayGoOn() && run.stopped() == null && !due.isOver()) {
            if (mayBegin(run, begun.size())) {
                DuePages.Page page = due.next();
                if (!page.items().isEmpty()) {
                    begun.add(new Begun(begin(context, run, page.items()), cursor(page.reached(), context)));
                }
            } else if (isDone(begun.element().work(), LOOK)) {
                Begun oldest = begun.remove();
                isComplete = isComplete && finish(oldest, context);
            }
        }
        while (isComplete && !begun.isEmpty()) {
            isComplete = finish(begun.remove(), context);
        }
        if (run.stopped() != null) {
            throw new IllegalStateException("Stripe does not allow it: " + run.stopped());
        }
        return due.isOver() && isComplete ? BatchResult.completed() : BatchResult.partial();
    }

    private boolean mayBegin(QueueRun run, int pages) {
        return pages < PAGES
                || (pages < MOST_PAGES
                        && loop.call(() -> Uni.createFrom().item(run.hasRoom()))
                                .await()
                                .indefinitely());
    }

    /**
     * Where the next run begins. Turns may lie in the future; whoever queues an item meanwhile has one before them, so no run begins
     * behind the time of the last one.
     */
    private static @Nullable String cursor(@Nullable Turn after, BatchContext context) {
        if (after == null) {
            return null;
        }
        Turn now = Turn.before(context.asOf());
        return (after.at().isBefore(now.at()) ? after : now).cursor();
    }

    /** Nothing is begun once another instance has the run. */
    private CompletableFuture<Boolean> begin(BatchContext context, QueueRun run, List<ItemDocument> page) {
        return context.effect(() -> loop.call(() -> run.page(page)).subscribe().asCompletionStage())
                .orElseThrow();
    }

    /** What was not done of a page is due in the next run, so the cursor stays before it: a run that left something out is never
     * complete again. */
    private static boolean finish(Begun page, BatchContext context) {
        boolean isComplete = isDone(page.work(), context) && page.work().join();
        if (isComplete && page.next() != null) {
            context.save(page.next());
        }
        return isComplete;
    }

    private static boolean isDone(CompletableFuture<Boolean> work, BatchContext context) {
        while (context.mayGoOn()) {
            if (isDone(work, LOOK)) {
                return true;
            }
        }
        return isDone(work, LAST);
    }

    private static boolean isDone(CompletableFuture<Boolean> work, Duration patience) {
        try {
            var unused = work.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunLost("interrupted while calls were under way");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private BatchResult forecast(BatchContext context) {
        Forecast forecast = new Forecast(items.get(), new Figures(context), context.asOf());
        @Nullable Turn after = null;
        while (context.mayGoOn()) {
            List<ItemDocument> page = page(context, after);
            loop.call(() -> forecast.page(page)).await().indefinitely();
            if (page.size() < PAGE) {
                return BatchResult.completed();
            }
            after = Turn.of(page.getLast());
        }
        return BatchResult.partial();
    }

    private List<ItemDocument> page(BatchContext context, @Nullable Turn after) {
        return loop.call(() -> items.get().stores().items().due(context.asOf(), after, PAGE))
                .await()
                .indefinitely();
    }
}
