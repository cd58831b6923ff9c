package io.drawdown.checkpoints.runs;

import java.time.Instant;

/** What happened in the running cycle so far. */
final class Cycle {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Instant startedAt;
    private long emitted;
    private long records;
    private long failures;
    private long forgotten;
    private long lagNanos;
    private long elapsedNanos;
    private long busySinceNanos;
    private boolean busy;

    Cycle(Instant startedAt) {
        this.startedAt = startedAt;
    }

    void published(int readings, long waitedNanos) {
        records++;
        emitted += readings;
        waiting(waitedNanos);
    }

    void failed() {
        failures++;
    }

    void forgot(int sessions) {
        forgotten += sessions;
    }

    /** Something is due for so long already. */
    void waiting(long waitedNanos) {
        lagNanos = Math.max(lagNanos, waitedNanos);
    }

    /** Whether anything is due and not yet reported, from now on. */
    void busy(boolean isBusy, long nanos) {
        if (busy) {
            elapsedNanos += nanos - busySinceNanos;
        }
        busy = isBusy;
        busySinceNanos = nanos;
    }

    /** The summary. The cycle ends here. */
    Run close(String worker, long intervalMillis, State end) {
        return new Run(
                String.format("%013d:%s", startedAt.toEpochMilli(), worker),
                Run.SCHEMA,
                worker,
                startedAt,
                intervalMillis,
                end.partitions(),
                end.sessions(),
                emitted,
                records,
                failures,
                forgotten,
                end.backlog(),
                lagNanos / NANOS_PER_MILLI,
                elapsedNanos / NANOS_PER_MILLI);
    }

    /** How the worker stands at the end of a cycle. */
    record State(int partitions, int sessions, int backlog) {}
}
