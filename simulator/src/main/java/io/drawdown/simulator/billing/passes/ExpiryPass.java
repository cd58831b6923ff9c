package io.drawdown.simulator.billing.passes;

import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.store.ItemStore;
import io.drawdown.billing.run.Ending;
import io.drawdown.billing.run.engine.Turn;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The process {@code queue_expiry}. */
final class ExpiryPass extends ItemPass {

    private final Instant before;

    ExpiryPass(SimulatedProcesses processes, Turn turn, Consumer<Ending> ended) {
        super(processes, turn, ended);
        before = turn.asOf().minus(items.settings().expiry());
    }

    @Override
    Uni<List<ItemDocument>> page(ItemStore.@Nullable Turn after) {
        return items.stores().items().old(before, after, PAGE);
    }

    @Override
    Uni<Boolean> work(List<ItemDocument> page) {
        return each(page, item -> Uni.createFrom().deferred(() -> items.expire(item, before, fence, this::left)));
    }
}
