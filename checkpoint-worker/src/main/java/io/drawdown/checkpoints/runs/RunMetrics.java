package io.drawdown.checkpoints.runs;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The worker's metrics, and one log line per run. */
public final class RunMetrics implements RunMonitor {

    private static final Logger LOG = Logger.getLogger("io.drawdown.checkpoints.Runs");
    private static final double MILLIS_PER_SECOND = 1_000;

    private final Counter emitted;
    private final Counter records;
    private final Counter failures;
    private final Counter overflowed;
    private final Counter late;
    private final Counter lost;
    private volatile @Nullable Run latest;
    private String latestFault = "";

    public RunMetrics(MeterRegistry metrics) {
        emitted = metrics.counter("drawdown.checkpoint.readings.emitted");
        records = metrics.counter("drawdown.checkpoint.records.published");
        failures = metrics.counter("drawdown.checkpoint.publish.failures");
        overflowed = metrics.counter("drawdown.checkpoint.sessions.overflowed");
        late = metrics.counter("drawdown.checkpoint.cycles.late");
        lost = metrics.counter("drawdown.checkpoint.summaries.lost");
        gauge(metrics, "drawdown.checkpoint.sessions", Run::sessions);
        gauge(metrics, "drawdown.checkpoint.partitions", Run::partitions);
        gauge(metrics, "drawdown.checkpoint.backlog", Run::backlog);
        gauge(metrics, "drawdown.checkpoint.lag.seconds", run -> run.lagMillis() / MILLIS_PER_SECOND);
        gauge(metrics, "drawdown.checkpoint.elapsed.seconds", run -> run.elapsedMillis() / MILLIS_PER_SECOND);
    }

    /** A gauge that shows a figure of the latest finished run. */
    private void gauge(MeterRegistry metrics, String name, ToDoubleFunction<Run> figure) {
        Gauge.builder(name, this, monitor -> {
                    Run run = monitor.latest;
                    return run == null ? 0 : figure.applyAsDouble(run);
                })
                .register(metrics);
    }

    @Override
    public void emitted(int readings) {
        records.increment();
        emitted.increment(readings);
    }

    @Override
    public void failed(Throwable fault) {
        failures.increment();
        latestFault = String.valueOf(fault.getMessage());
    }

    @Override
    public void overflowed() {
        overflowed.increment();
    }

    @Override
    public void completed(Run run, boolean isLate) {
        latest = run;
        LOG.infof(
                "Checkpoint run finished: sessions=%d emitted=%d records=%d failures=%d backlog=%d lagMillis=%d elapsedMillis=%d",
                run.sessions(),
                run.emitted(),
                run.records(),
                run.failures(),
                run.backlog(),
                run.lagMillis(),
                run.elapsedMillis());
        if (run.failures() > 0) {
            LOG.warnf("Usage records failed, sending them again: fault=%s", latestFault);
        }
        if (isLate) {
            late.increment();
            LOG.warnf("Checkpoint run slow, above 80 %% of its interval: intervalMillis=%d", run.intervalMillis());
        }
    }

    @Override
    public void runLost(Throwable fault) {
        lost.increment();
        LOG.warnf("Checkpoint run not stored: fault=%s", fault.getMessage());
    }
}
