package io.drawdown.contracts;

import java.util.List;

/**
 * The totals of the sessions of one incarnation of session-service, for the accounts of one partition; data on {@link
 * Topic#SESSION_HEARTBEAT}, published every 5 s.
 *
 * @param beat greater with each round of heartbeats of this incarnation, and the same in all records of one round; so a
 *     greater one is a sign of life, whether or not a total has risen. 0: published by a version that did not state it
 * @param readings at most {@value #MAX_READINGS}
 */
public record Heartbeat(String incarnation, long beat, List<MeterReading> readings) {

    public static final String EVENT_TYPE = "io.drawdown.session.heartbeat.recorded.v1";
    public static final int MAX_READINGS = 1_000;

    public Heartbeat {
        readings = List.copyOf(readings);
    }
}
