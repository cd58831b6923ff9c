package io.drawdown.billing.run.engine;

import io.drawdown.billing.run.Figures;
import io.drawdown.contracts.TraceContext;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the core offers to a process whose turn it is. Every method is called on the core's thread. */
public interface Turn {

    /** The time by which it decides. */
    Instant asOf();

    boolean isDry();

    /** The span of the run; null if none was started. */
    @Nullable
    TraceContext trace();

    /** When it should have stopped, on the monotonic clock. */
    long deadlineNanos();

    /** Where it goes on; null: from the start. */
    @Nullable
    String cursor();

    /** What it had said of itself when its former runner died or stopped; what it counts now is added to that. */
    Figures former();

    /** Stores how far it has come. False: the run was taken over, and nothing was stored. */
    Uni<Boolean> save(String cursor);

    /** Whether the run is still this runner's, by a write that begins after this call. */
    Uni<Boolean> holds();

    /** With which this runner writes. */
    long fence();

    /** Whether this runner has its lease, as far as it knows without asking; false once the turn is over. */
    boolean mayWrite();
}
