package io.drawdown.checkpoints.runs;

import io.smallrye.mutiny.Uni;

/** The port that stores runs. It completes on the core's thread. */
public interface RunStore {

    /** Stores the run. A failure loses only this run. */
    Uni<Void> save(Run run);
}
