package io.drawdown.tasks.metrics;

import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.kit.time.Time;
import io.drawdown.tasks.TasksCore;
import io.drawdown.tasks.config.TaskType;
import io.drawdown.tasks.config.TaskTypes;
import io.drawdown.tasks.stats.Board;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.TaskState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of tasks as metrics, by the types that this instance knows. Those of the queue are sums over all instances, so each
 * instance tells the same; those of the ends are this instance's own.
 */
@Singleton
final class StatsMetrics {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final double MILLIS = 1_000;

    private final TasksCore core;
    private final TaskTypes types;
    private final QueueHealth health;
    private final CoreLoop loop;
    private final Time time;
    private final MeterRegistry metrics;
    private volatile Board board = Board.NONE;
    private volatile Health.Level level = Health.Level.READY;

    StatsMetrics(TasksCore core, TaskTypes types, QueueHealth health, CoreLoop loop, Time time, MeterRegistry metrics) {
        this.core = core;
        this.types = types;
        this.health = health;
        this.loop = loop;
        this.time = time;
        this.metrics = metrics;
    }

    void measure(@Observes StartupEvent event) {
        types.all().stream().map(TaskType::name).forEach(this::measure);
        Gauge.builder("drawdown.tasks.health", () -> level.figure()).register(metrics);
        loop.execute(PeriodicTask.of(loop, INTERVAL, this::look)::start);
    }

    private void measure(String type) {
        gauge(
                "drawdown.tasks.backlog",
                type,
                now -> now.depths().of(type, TaskState.Name.PENDING)
                        + now.depths().of(type, TaskState.Name.PROCESSING));
        gauge("drawdown.tasks.scheduled", type, now -> now.depths().of(type, TaskState.Name.SCHEDULED));
        gauge(
                "drawdown.tasks.oldest.waiting.seconds",
                type,
                now -> age(now.oldest().get(type)));
        for (Lane lane : Lane.values()) {
            Gauge.builder("drawdown.tasks.waiting", () -> board.depths().of(type, lane, TaskState.Name.PENDING))
                    .tag("type", type)
                    .tag("lane", lane.name().toLowerCase(Locale.ROOT))
                    .register(metrics);
        }
        Arrays.stream(TaskState.Name.values())
                .filter(TaskState.Name::isTerminal)
                .forEach(end -> FunctionCounter.builder("drawdown.tasks.ended", this, own -> own.board.ended(type, end))
                        .tag("type", type)
                        .tag("outcome", end.word())
                        .register(metrics));
    }

    private void gauge(String name, String type, ToDoubleFunction<Board> figure) {
        Gauge.builder(name, () -> figure.applyAsDouble(board)).tag("type", type).register(metrics);
    }

    private double age(@Nullable Instant since) {
        return since == null
                ? 0
                : Math.max(0, Duration.between(since, time.now()).toMillis() / MILLIS);
    }

    /** The core's figures may be read on its own thread only. */
    private void look() {
        board = core.stats().board();
        level = health.of(board.depths(), core.health()).level();
    }
}
