package io.drawdown.sessions.live;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Shows in the metrics how many sessions are being served right now; these are read on other threads than the core's. */
public final class ServedSessions implements Media {

    private final Set<String> served = ConcurrentHashMap.newKeySet();

    public ServedSessions(MeterRegistry metrics) {
        Gauge.builder("drawdown.sessions.served", served, Set::size).register(metrics);
    }

    @Override
    public void serve(String sessionId) {
        served.add(sessionId);
    }

    @Override
    public void stop(String sessionId) {
        served.remove(sessionId);
    }
}
