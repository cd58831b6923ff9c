package io.drawdown.billing.run.store;

import io.drawdown.billing.run.ProcessDocument;
import io.drawdown.kit.store.GuardedStore;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** The port to what is kept of processes between their runs. */
public interface ProcessStore extends GuardedStore<ProcessDocument> {

    /** More processes than a service has. */
    int MOST = 200;

    /** All that were ever run or paused, at most {@link #MOST}. */
    Uni<List<ProcessDocument>> all();
}
