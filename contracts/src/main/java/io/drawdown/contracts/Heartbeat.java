package io.drawdown.contracts;

import java.util.List;

/**
 * The totals of the sessions of one incarnation of session-service, for the accounts of one partition; data on {@link
 * Topic#SESSION_HEARTBEAT}, published every 5 s.
 *
 * @param readings at most {@value #MAX_READINGS}
 */
public record Heartbeat(String incarnation, List<MeterReading> readings) {

    public static final String EVENT_TYPE = "io.drawdown.session.heartbeat.recorded.v1";
    public static final int MAX_READINGS = 1_000;

    public Heartbeat {
        readings = List.copyOf(readings);
    }
}
