package io.drawdown.billing.testing;

import io.drawdown.billing.run.ProcessDocument;
import io.drawdown.billing.run.store.ProcessStore;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** What is kept of processes, in memory. */
public final class MemoryProcesses extends MemoryGuarded<ProcessDocument> implements ProcessStore {

    public MemoryProcesses(ManualTime time) {
        super(time);
    }

    @Override
    public Uni<List<ProcessDocument>> all() {
        return answer(() -> List.copyOf(documents.values()));
    }
}
