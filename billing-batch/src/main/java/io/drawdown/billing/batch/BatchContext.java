package io.drawdown.billing.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** What a process may ask and say while it runs. Every method may be called from any thread, but none from a core. */
public interface BatchContext {

    /** Characters of a cursor. */
    int LONGEST_CURSOR = 1_024;

    /** Different names that a run may count under. */
    int MOST_COUNTS = 32;

    /** The time by which it decides: database time, or in a dry run the time that was asked for. It stands still in a run. */
    Instant asOf();

    /** Whether it may only look: nothing is stored, nothing sent, nothing charged. */
    boolean isDryRun();

    /**
     * How long it may go on; zero once it may not. It is measured by the monotonic clock, so no step of a clock changes it. A call
     * that the process makes gets at most this as its time limit.
     */
    Duration remaining();

    /**
     * Whether to begin one more piece of work. False at the deadline, when the instance stops, and once another instance has taken
     * the run over. A process that goes on for long after it was told no is interrupted, and fails.
     */
    boolean mayGoOn();

    /** Where the last run left off, or where this one was when its instance died; empty: from the start. */
    Optional<String> cursor();

    /**
     * Stores how far it has come; what comes before the cursor is never done again. Completes once it is stored. In a dry run
     * nothing is stored.
     *
     * @throws RunLost another instance has the run
     */
    void save(String cursor);

    /** Adds to one of its figures, like {@code processed_count}; see {@link BatchProcess#NAME_FORM}. Never blocks. */
    void count(String name, long more);

    /** Says in a few words how far it is, for whoever watches. Never blocks. */
    void progress(String note);

    /**
     * Does something that a former runner must not do: it begins only after a write to the document of the runner, begun after this
     * call, has found that the fence of this run still holds. In a dry run it is not done, and empty is returned.
     *
     * <p>It promises no more than that. If this process stands still between the write and the effect, another may have taken the run
     * over meanwhile; and whoever takes it over may do the same again. So an effect must bear to be done twice: a guarded write of a
     * document, or a call with an idempotency key.
     *
     * @throws RunLost another instance has the run; the effect was not begun
     */
    <T> Optional<T> effect(Supplier<T> effect);

    /** For an engine on the core's thread that writes many documents for this process. In a dry run it may write none. */
    RunFence fence();
}
