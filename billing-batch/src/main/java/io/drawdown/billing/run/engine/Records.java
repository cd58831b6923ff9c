package io.drawdown.billing.run.engine;

import io.drawdown.billing.run.ProcessDocument;
import io.drawdown.billing.run.RunDocument;
import io.drawdown.kit.store.GuardedWrites;
import io.smallrye.mutiny.Uni;
import java.time.Instant;

/** What a run writes. Each answer is the document afterwards; its fence says whether the run is still this runner's. */
interface Records {

    /** With which this runner writes. */
    long fence();

    /** See {@link Turn#mayWrite}. */
    boolean mayWrite();

    /** The process has its turn from now on. */
    Uni<ProcessDocument> begin(String process, Instant at);

    Uni<ProcessDocument> save(String process, String cursor);

    Uni<ProcessDocument> end(String process, ProcessDocument.Last last);

    /**
     * It is over, and only a former runner had it. Its cursor stays as that runner has saved it: the run may show an older one.
     */
    Uni<ProcessDocument> endOfFormer(String process, ProcessDocument.Last last);

    Uni<RunDocument> change(RunDocument seen, GuardedWrites.Rule<RunDocument> rule);

    /** See {@link Turn#holds}. */
    Uni<Boolean> holds();

    /** The run is over. */
    Uni<Void> release();
}
