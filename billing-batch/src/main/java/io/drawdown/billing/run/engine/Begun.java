package io.drawdown.billing.run.engine;

import io.drawdown.billing.run.RunDocument;
import io.smallrye.mutiny.Uni;

/** What became of a wish for a run. */
public sealed interface Begun {

    /** As it is now. */
    RunDocument run();

    /**
     * It runs in this instance.
     *
     * @param whenOver the run when this instance has done what it can; it has not ended if another goes on with it
     */
    record Here(RunDocument run, Uni<RunDocument> whenOver) implements Begun {}

    /** There was one already; nothing was begun. */
    record AlreadyRunning(RunDocument run) implements Begun {}
}
