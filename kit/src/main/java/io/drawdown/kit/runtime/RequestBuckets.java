package io.drawdown.kit.runtime;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.DoubleStream;

/** Counts requests by the time that they took, at the limits in which service levels are stated. */
final class RequestBuckets {

    private static final String REQUESTS = "http.server.requests";

    private static final double[] LIMITS = DoubleStream.of(4, 10, 25, 100, 250, 1_000)
            .map(millis -> millis * Duration.ofMillis(1).toNanos())
            .toArray();

    private RequestBuckets() {}

    @Produces
    @Singleton
    static MeterFilter buckets() {
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                return id.getName().equals(REQUESTS)
                        ? DistributionStatisticConfig.builder()
                                .serviceLevelObjectives(LIMITS)
                                .build()
                                .merge(config)
                        : config;
            }
        };
    }
}
