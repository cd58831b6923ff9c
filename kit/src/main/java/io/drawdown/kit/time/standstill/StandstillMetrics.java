package io.drawdown.kit.time.standstill;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Counts the standstills, which a healthy process does not have. */
@Singleton
final class StandstillMetrics {

    void register(@Observes StartupEvent event, MeterRegistry metrics) {
        FunctionCounter.builder("drawdown.loop.standstills", this, ignored -> LoopWatch.standstills())
                .description("gaps above 2 s in an event loop, whose connections were closed")
                .register(metrics);
    }
}
