package io.drawdown.billing.metrics;

import io.drawdown.billing.BillingCore;
import io.drawdown.billing.CoreHealth;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.time.PeriodicTask;
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

/** An instance is ready if its core answers; without a lease it is degraded. */
@Readiness
@Singleton
public final class CoreReadiness implements AsyncHealthCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final BillingCore core;
    private final CoreLoop loop;
    private final MeterRegistry metrics;
    private volatile CoreHealth latest = CoreHealth.UNKNOWN;

    CoreReadiness(BillingCore core, CoreLoop loop, MeterRegistry metrics) {
        this.core = core;
        this.loop = loop;
        this.metrics = metrics;
    }

    void measure(@Observes StartupEvent event) {
        gauge("drawdown.batch.leased", health -> health.isLeased() ? 1 : 0);
        gauge("drawdown.batch.running", health -> health.isRunner() ? 1 : 0);
        gauge("drawdown.batch.unpublished", CoreHealth::unpublished);
        watch();
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .deferred(() -> loop.call(() -> Uni.createFrom().item(core::health)))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .map(health -> HealthCheckResponse.named("core")
                        .up()
                        .withData("degraded", !health.isLeased())
                        .withData("running", health.isRunner())
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
