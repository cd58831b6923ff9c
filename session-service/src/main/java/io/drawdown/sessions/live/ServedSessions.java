package io.drawdown.sessions.live;

import io.drawdown.contracts.EndReason;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Shows in the metrics how many sessions are being served right now, and how long after its last paid moment a client heard
 * that its credits are gone; metrics are read on other threads than the core's.
 */
public final class ServedSessions implements Media {

    private final Set<String> served = ConcurrentHashMap.newKeySet();
    private final Timer stops;

    public ServedSessions(MeterRegistry metrics) {
        Gauge.builder("drawdown.sessions.served", served, Set::size).register(metrics);
        stops = Timer.builder("drawdown.sessions.stop")
                .serviceLevelObjectives(
                        Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(5))
                .register(metrics);
    }

    @Override
    public void serve(String sessionId) {
        served.add(sessionId);
    }

    @Override
    public void stop(String sessionId) {
        served.remove(sessionId);
    }

    /** Other ends have no moment to which the client's could be compared. */
    @Override
    public void ended(String sessionId, EndReason reason, Duration sinceStop) {
        if (reason == EndReason.EXHAUSTED) {
            stops.record(sinceStop);
        }
    }
}
