package io.drawdown.billing.metrics;

import io.drawdown.billing.batch.BatchProcess;
import io.drawdown.billing.run.ProcessState;
import io.drawdown.billing.run.RunDocument;
import io.drawdown.billing.run.RunState;
import io.drawdown.billing.run.engine.RunMonitor;
import io.drawdown.contracts.BatchRunEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import org.jboss.logging.Logger;

/** What becomes of runs, as metrics and one line in the log. There are as many values of a tag as processes. */
public final class RunMetrics implements RunMonitor {

    private static final Logger LOG = Logger.getLogger(RunMetrics.class);

    private final MeterRegistry metrics;
    private final Timer runs;
    private final Counter late;
    private final Counter takenOver;

    /** The timers of all processes are there from the start, so that the first failure of one is an increase. */
    public RunMetrics(MeterRegistry metrics, Collection<BatchProcess> processes) {
        this.metrics = metrics;
        runs = metrics.timer("drawdown.batch.runs");
        late = metrics.counter("drawdown.batch.runs.late");
        takenOver = metrics.counter("drawdown.batch.runs.taken.over");
        for (BatchProcess process : processes) {
            for (BatchRunEvent.State state : BatchRunEvent.State.values()) {
                timer(process.name(), state);
            }
        }
    }

    @Override
    public void ended(RunDocument run) {
        if (run.state() instanceof RunState.Ended ended) {
            runs.record(Duration.ofMillis(ended.durationMillis()));
            LOG.infof(
                    "Run ended: runId=%s trigger=%s success=%s durationMillis=%d late=%s takeovers=%d completed=%d"
                            + " partial=%d failed=%d skipped=%d",
                    run.id(),
                    word(run.order().trigger()),
                    ended.isSuccess(),
                    ended.durationMillis(),
                    run.runner().isLate(),
                    run.runner().takeovers(),
                    count(run, BatchRunEvent.State.COMPLETED),
                    count(run, BatchRunEvent.State.PARTIAL),
                    count(run, BatchRunEvent.State.FAILED),
                    count(run, BatchRunEvent.State.SKIPPED));
        }
    }

    private static long count(RunDocument run, BatchRunEvent.State state) {
        return run.processes().stream()
                .filter(of -> of.state() instanceof ProcessState.Over over
                        && over.ending().state() == state)
                .count();
    }

    @Override
    public void ended(String process, BatchRunEvent.State state, Duration took) {
        timer(process, state).record(took);
    }

    private Timer timer(String process, BatchRunEvent.State state) {
        return metrics.timer("drawdown.batch.processes", "process", process, "state", word(state));
    }

    @Override
    public void late() {
        late.increment();
    }

    @Override
    public void takenOver() {
        takenOver.increment();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
