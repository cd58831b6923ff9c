package io.drawdown.simulator.billing.passes;

import io.drawdown.billing.hook.CatchUp;
import io.drawdown.billing.hook.EventFeed.Page;
import io.drawdown.billing.run.Ending;
import io.drawdown.billing.run.engine.Turn;
import io.smallrye.mutiny.Uni;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The process {@code stripe_events}. */
final class CatchUpPass extends Pass {

    private final CatchUp catchUp;
    private @Nullable Long from;
    private @Nullable Long through;
    private @Nullable String after;

    CatchUpPass(SimulatedProcesses processes, Turn turn, Consumer<Ending> ended) {
        super(processes, turn, ended);
        catchUp = processes.core().get().cards().catchUp();
    }

    @Override
    void next() {
        if (left().isZero()) {
            stopped();
            return;
        }
        Uni<Long> begun = from == null ? catchUp.begin() : Uni.createFrom().item(from);
        begun.invoke(known -> from = known)
                .chain(known -> catchUp.page(known, after))
                .chain(page -> take(page).replaceWith(page))
                .subscribe()
                .with(this::taken, this::failed);
    }

    private Uni<Integer> take(Page page) {
        return effect(Uni.createFrom().deferred(() -> catchUp.take(page)), 0)
                .invoke(found -> processes.counts().add("event caught up", found));
    }

    private void taken(Page page) {
        through = through == null ? page.latestSeconds() : through;
        after = page.last();
        if (page.hasMore()) {
            next();
        } else if (through == null) {
            completed();
        } else {
            long read = through;
            effect(Uni.createFrom().deferred(() -> catchUp.complete(read).replaceWith(true)), false)
                    .subscribe()
                    .with(done -> completed(), this::failed);
        }
    }
}
