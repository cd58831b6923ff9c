package io.drawdown.simulator.billing.passes;

import io.drawdown.billing.batch.RunFence;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.engine.Items;
import io.drawdown.billing.item.store.ItemStore;
import io.drawdown.billing.run.Ending;
import io.drawdown.billing.run.engine.Turn;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A pass over items in pages, as the processes of the service make it, with few items to a page. */
abstract class ItemPass extends Pass {

    static final int PAGE = 6;

    final Items items;
    final RunFence fence = new RunFence() {
        @Override
        public long number() {
            return turn.fence();
        }

        @Override
        public boolean mayWrite() {
            return ItemPass.this.mayWrite();
        }
    };

    ItemPass(SimulatedProcesses processes, Turn turn, Consumer<Ending> ended) {
        super(processes, turn, ended);
        items = processes.core().get().items();
    }

    /** The next page. */
    abstract Uni<List<ItemDocument>> page(ItemStore.@Nullable Turn after);

    /** Answers whether all of them were looked at. */
    abstract Uni<Boolean> work(List<ItemDocument> page);

    @Override
    void next() {
        if (left().isZero()) {
            stopped();
            return;
        }
        String reached = cursor();
        page(reached == null ? null : ItemStore.Turn.parse(reached))
                .chain(page -> work(page).invoke(isDone -> worked(page, isDone)))
                .subscribe()
                .with(done -> {}, this::failed);
    }

    private void worked(List<ItemDocument> page, boolean isDone) {
        if (!isDone) {
            stopped();
        } else if (page.size() < PAGE) {
            completed();
        } else {
            save(ItemStore.Turn.of(page.getLast()).cursor());
        }
    }

    /** Each of them, one after the other, as long as the run is this runner's. */
    Uni<Boolean> each(List<ItemDocument> page, Function<ItemDocument, Uni<ItemDocument>> change) {
        return Multi.createFrom()
                .iterable(page)
                .onItem()
                .transformToUniAndConcatenate(item -> effect(change.apply(item), item))
                .collect()
                .asList()
                .replaceWith(true);
    }
}
