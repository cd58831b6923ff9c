package io.drawdown.simulator.billing.stores;

import io.drawdown.billing.run.RunDocument;
import io.drawdown.billing.run.store.RunStore;
import io.drawdown.simulator.world.CallFault;
import io.drawdown.simulator.world.Database.Acknowledgement;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.Table;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The runs as one process reaches them. */
public final class SimulatedRuns extends SimulatedGuarded<RunDocument> implements RunStore {

    private final Table<RunDocument> runs;

    public SimulatedRuns(Link link, BillingStores stores) {
        super(link, stores.database(), stores.batches().runs());
        this.runs = stores.batches().runs();
    }

    @Override
    public Uni<List<RunDocument>> page(@Nullable String before, int limit) {
        return link.read(
                callFault -> some(callFault, run -> before == null || run.id().compareTo(before) < 0)
                        .sorted((one, other) -> other.id().compareTo(one.id()))
                        .limit(limit)
                        .toList());
    }

    @Override
    public Uni<List<RunDocument>> unsent(Instant endedBefore, int limit) {
        return link.read(callFault -> some(
                        callFault, run -> run.pending() != null && run.pending().isBefore(endedBefore))
                .limit(limit)
                .toList());
    }

    @Override
    public Uni<Void> published(Collection<String> ids) {
        List<String> told = List.copyOf(ids);
        return link.write((callFault, answer) -> {
            List<RunDocument> pending = told.stream()
                    .map(runs::local)
                    .filter(Objects::nonNull)
                    .filter(run -> run.pending() != null)
                    .toList();
            Acknowledgement all = database.acknowledge(null, pending.size(), answer);
            if (callFault == CallFault.ROLLED_BACK && !pending.isEmpty()) {
                database.failOver();
            }
            pending.forEach(run -> runs.put(run.id(), withoutPending(run), all));
        });
    }

    private static RunDocument withoutPending(RunDocument run) {
        return new RunDocument(
                run.id(),
                run.revision(),
                run.order(),
                run.runner(),
                run.startedAt(),
                run.state(),
                run.processes(),
                null);
    }

    /** A history is shorter than runs are kept. */
    @Override
    public Uni<List<String>> endedBefore(Instant end, String after, int limit) {
        return link.read(() -> List.of());
    }

    @Override
    public Uni<Void> remove(Collection<String> ids) {
        throw new IllegalStateException("none was found to be old");
    }
}
