package io.drawdown.sessions.api;

import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.sessions.CoreHealth;
import io.drawdown.sessions.SessionsCore;
import io.micrometer.core.instrument.FunctionCounter;
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

/** An instance is ready if its core answers, even if only "unavailable". The rest is detail, here and in the metrics. */
@Readiness
@Singleton
public final class CoreReadiness implements AsyncHealthCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final SessionsCore core;
    private final CoreLoop loop;
    private final MeterRegistry metrics;
    private volatile CoreHealth latest = new CoreHealth(false, false, 0, 0, 0, 0, 0, 0);

    CoreReadiness(SessionsCore core, CoreLoop loop, MeterRegistry metrics) {
        this.core = core;
        this.loop = loop;
        this.metrics = metrics;
    }

    void measure(@Observes StartupEvent event) {
        gauge("drawdown.sessions.live", CoreHealth::live);
        gauge("drawdown.sessions.starting", CoreHealth::starting);
        gauge("drawdown.sessions.connections", CoreHealth::connections);
        gauge("drawdown.sessions.unpublished", CoreHealth::backlog);
        gauge("drawdown.sessions.releasing", CoreHealth::releasing);
        gauge("drawdown.sessions.full", health -> health.full() ? 1 : 0);
        gauge("drawdown.sessions.leased", health -> health.leased() ? 1 : 0);
        FunctionCounter.builder("drawdown.sessions.unbilled.millis", this, self -> self.latest.unbilledMillis())
                .register(metrics);
        watch();
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .deferred(() -> loop.call(() -> Uni.createFrom().item(core.health())))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .map(health -> HealthCheckResponse.named("core")
                        .up()
                        .withData("degraded", !health.leased())
                        .withData("full", health.full())
                        .withData("live", health.live())
                        .build())
                .onFailure()
                .recoverWithItem(HealthCheckResponse.down("core"));
    }

    private void gauge(String name, ToIntFunction<CoreHealth> figure) {
        Gauge.builder(name, () -> figure.applyAsInt(latest)).register(metrics);
    }

    /** The core's figures may be read on its own thread only, so that thread copies them here each second. */
    private void watch() {
        loop.execute(PeriodicTask.of(loop, PATIENCE, () -> latest = core.health())::start);
    }
}
