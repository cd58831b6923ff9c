package io.drawdown.tasks.metrics;

import io.drawdown.tasks.run.RunMonitor;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;

/** What becomes of runs, as counters by type. Only types with a handler here run here, so there are few. */
public final class RunMetrics implements RunMonitor {

    private final MeterRegistry metrics;
    private final Map<String, OfType> types = new HashMap<>();

    public RunMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    private record OfType(Counter started, Counter finished, Counter lost, Counter abandoned, Counter dropped) {}

    private OfType of(String type) {
        return types.computeIfAbsent(
                type,
                name -> new OfType(
                        counter("started", name),
                        counter("finished", name),
                        counter("lost", name),
                        counter("abandoned", name),
                        counter("dropped", name)));
    }

    private Counter counter(String what, String type) {
        return metrics.counter("drawdown.tasks.runs." + what, "type", type);
    }

    @Override
    public void started(String type) {
        of(type).started().increment();
    }

    @Override
    public void finished(String type) {
        of(type).finished().increment();
    }

    @Override
    public void lost(String type) {
        of(type).lost().increment();
    }

    @Override
    public void abandoned(String type) {
        of(type).abandoned().increment();
    }

    @Override
    public void dropped(String type) {
        of(type).dropped().increment();
    }
}
