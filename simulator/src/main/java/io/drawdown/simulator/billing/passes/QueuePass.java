package io.drawdown.simulator.billing.passes;

import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.engine.QueueRun;
import io.drawdown.billing.item.engine.Tally;
import io.drawdown.billing.item.store.ItemStore;
import io.drawdown.billing.run.Ending;
import io.drawdown.billing.run.engine.Turn;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The process {@code queued_pages}. */
final class QueuePass extends ItemPass implements Tally {

    private final QueueRun run;

    QueuePass(SimulatedProcesses processes, Turn turn, Consumer<Ending> ended) {
        super(processes, turn, ended);
        run = new QueueRun(items, fence, this::left, this);
    }

    @Override
    Uni<List<ItemDocument>> page(ItemStore.@Nullable Turn after) {
        return items.stores().items().due(turn.asOf(), after, PAGE);
    }

    @Override
    Uni<Boolean> work(List<ItemDocument> page) {
        return page.isEmpty()
                ? Uni.createFrom().item(true)
                : run.page(page).invoke(done -> {
                    if (run.stopped() != null) {
                        throw new IllegalStateException("Stripe does not allow it: " + run.stopped());
                    }
                });
    }

    @Override
    public void processed() {
        processes.counts().count("item processed");
    }

    @Override
    public void failed() {
        processes.counts().count("item failed");
    }

    @Override
    public void skipped() {
        processes.counts().count("item skipped");
    }

    @Override
    public void charged(long cents) {
        processes.counts().count(cents == 0 ? "item free" : "item charged");
    }
}
