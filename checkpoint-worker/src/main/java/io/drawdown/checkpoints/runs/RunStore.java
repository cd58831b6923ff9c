package io.drawdown.checkpoints.runs;

import io.smallrye.mutiny.Uni;

/** Keeps the summaries; a port of the core, which completes on the core's thread. */
public interface RunStore {

    /** Stores the summary; a failure loses it and nothing else. */
    Uni<Void> save(Run run);
}
