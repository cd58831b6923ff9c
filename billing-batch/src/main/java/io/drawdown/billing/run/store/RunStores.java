package io.drawdown.billing.run.store;

import io.drawdown.billing.run.RunnerDocument;
import io.drawdown.kit.lease.IncarnationStore;
import io.drawdown.kit.store.GuardedStore;

/** The database as runs need it. */
public record RunStores(
        GuardedStore<RunnerDocument> runner, RunStore runs, ProcessStore processes, IncarnationStore incarnations) {}
