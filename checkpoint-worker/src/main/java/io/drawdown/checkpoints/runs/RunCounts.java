package io.drawdown.checkpoints.runs;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The figures of the current run. */
public final class RunCounts {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private long emitted;
    private long records;
    private long failures;
    private long forgotten;
    private long lagNanos;
    private long elapsedNanos;
    private long busySinceNanos;
    private boolean busy;

    public void published(int readings, long waitedNanos) {
        records++;
        emitted += readings;
        waiting(waitedNanos);
    }

    public void failed() {
        failures++;
    }

    public void forgot(int sessions) {
        forgotten += sessions;
    }

    /** Notes that something has been due for so long. */
    public void waiting(long waitedNanos) {
        lagNanos = Math.max(lagNanos, waitedNanos);
    }

    /** Notes whether anything is due and not yet reported, from now on. */
    public void busy(boolean isBusy, long nanos) {
        if (busy) {
            elapsedNanos += nanos - busySinceNanos;
        }
        busy = isBusy;
        busySinceNanos = nanos;
    }

    /** Ends the run. */
    public Run close(Worker worker, Instant startedAt, State end) {
        return new Run(
                String.format(Locale.ROOT, "%013d:%s", startedAt.toEpochMilli(), worker.name()),
                Run.SCHEMA,
                worker.name(),
                startedAt,
                worker.interval().toMillis(),
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

    /** The worker, and how long a run should take. */
    public record Worker(String name, Duration interval) {}

    /** The state of the worker at the end of a run. */
    public record State(int partitions, int sessions, int backlog) {}
}
