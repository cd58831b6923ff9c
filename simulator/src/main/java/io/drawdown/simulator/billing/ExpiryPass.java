package io.drawdown.simulator.billing;

import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.engine.Items;
import io.drawdown.billing.item.store.ItemStore;
import io.drawdown.billing.run.Ending;
import io.drawdown.billing.run.engine.Turn;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The process {@code queue_expiry}. */
final class ExpiryPass extends ItemPass {

    private final Items items;
    private final Instant before;

    ExpiryPass(SimulatedProcesses processes, Turn turn, Consumer<Ending> ended) {
        super(processes, turn, ended);
        items = processes.items().get();
        before = turn.asOf().minus(items.settings().expiry());
    }

    @Override
    Uni<List<ItemDocument>> page(ItemStore.@Nullable Turn after) {
        return items.stores().items().old(before, after, PAGE);
    }

    @Override
    Uni<Boolean> work(List<ItemDocument> page) {
        return Multi.createFrom()
                .iterable(page)
                .onItem()
                .transformToUniAndConcatenate(this::expire)
                .collect()
                .asList()
                .replaceWith(true);
    }

    private Uni<Void> expire(ItemDocument item) {
        return turn.holds()
                .chain(holds -> holds
                        ? items.expire(item, before, this, this::left)
                        : Uni.createFrom().item(item))
                .replaceWithVoid();
    }
}
