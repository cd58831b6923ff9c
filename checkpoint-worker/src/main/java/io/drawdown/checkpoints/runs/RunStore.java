package io.drawdown.checkpoints.runs;

import io.smallrye.mutiny.Uni;

/** The port that stores summaries. It completes on the core's thread. */
public interface RunStore {

    /** Stores the summary. A failure loses only this summary. */
    Uni<Void> save(Run run);
}
