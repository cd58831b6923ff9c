package io.drawdown.simulator.billing.passes;

import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.store.ItemStore;
import io.drawdown.billing.run.Ending;
import io.drawdown.billing.run.engine.Turn;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The process {@code expiry_notices}; its mails always arrive. */
final class NoticePass extends ItemPass {

    NoticePass(SimulatedProcesses processes, Turn turn, Consumer<Ending> ended) {
        super(processes, turn, ended);
    }

    @Override
    Uni<List<ItemDocument>> page(ItemStore.@Nullable Turn after) {
        return items.stores().items().untold(after, PAGE);
    }

    @Override
    Uni<Boolean> work(List<ItemDocument> page) {
        return each(page, item -> Uni.createFrom().deferred(() -> tell(item)));
    }

    private Uni<ItemDocument> tell(ItemDocument item) {
        processes.counts().count("notice of an expired item");
        return items.told(item, Objects.requireNonNull(item.agenda().notice()), fence);
    }
}
