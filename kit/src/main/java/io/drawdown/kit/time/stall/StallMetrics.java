package io.drawdown.kit.time.stall;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Counts the stalls. A healthy process has none. */
@Singleton
final class StallMetrics {

    void register(@Observes StartupEvent event, MeterRegistry metrics) {
        FunctionCounter.builder("drawdown.loop.stalls", this, ignored -> LoopStallDetector.stalls())
                .description("gaps above 2 s in an event loop, whose connections were closed")
                .register(metrics);
    }
}
