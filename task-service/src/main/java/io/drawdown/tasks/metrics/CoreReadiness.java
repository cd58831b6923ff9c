package io.drawdown.tasks.metrics;

import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.tasks.CoreHealth;
import io.drawdown.tasks.TasksCore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.ToIntFunction;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * An instance is ready if its core answers, even if only "unavailable". The rest is detail, here and in the metrics: a queue that is
 * long, or whose tasks fail, does not become shorter without this instance.
 */
@Readiness
@Singleton
public final class CoreReadiness implements AsyncHealthCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final TasksCore core;
    private final QueueHealth health;
    private final CoreLoop loop;
    private final MeterRegistry metrics;
    private volatile CoreHealth latest = CoreHealth.UNKNOWN;

    CoreReadiness(TasksCore core, QueueHealth health, CoreLoop loop, MeterRegistry metrics) {
        this.core = core;
        this.health = health;
        this.loop = loop;
        this.metrics = metrics;
    }

    void measure(@Observes StartupEvent event) {
        gauge("drawdown.tasks.running", CoreHealth::running);
        gauge("drawdown.tasks.occupied", CoreHealth::occupied);
        gauge("drawdown.tasks.inserting", CoreHealth::inserting);
        gauge("drawdown.tasks.unpublished", CoreHealth::backlog);
        gauge("drawdown.tasks.types.stuck", health -> health.stuckTypes().size());
        gauge("drawdown.tasks.leased", health -> health.leased() ? 1 : 0);
        watch();
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .deferred(() -> loop.call(() -> Uni.createFrom().item(this::look)))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .map(CoreReadiness::answer)
                .onFailure()
                .recoverWithItem(HealthCheckResponse.down("core"));
    }

    private Seen look() {
        CoreHealth present = core.health();
        return new Seen(present, health.of(core.stats().latest(), present));
    }

    private record Seen(CoreHealth core, Health health) {}

    private static HealthCheckResponse answer(Seen seen) {
        return HealthCheckResponse.named("core")
                .up()
                .withData("degraded", seen.core().isDegraded())
                .withData("health", seen.health().level().word())
                .withData("reasons", String.join("; ", seen.health().reasons()))
                .withData("running", seen.core().running())
                .build();
    }

    private void gauge(String name, ToIntFunction<CoreHealth> figure) {
        Gauge.builder(name, () -> figure.applyAsInt(latest)).register(metrics);
    }

    /** The core's figures may be read on its own thread only, so that thread copies them here each second. */
    private void watch() {
        loop.execute(PeriodicTask.of(loop, PATIENCE, () -> latest = core.health())::start);
    }
}
