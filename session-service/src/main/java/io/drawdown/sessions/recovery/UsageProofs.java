package io.drawdown.sessions.recovery;

import io.drawdown.contracts.MeterReading;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the heartbeats of owners prove. */
public final class UsageProofs {

    private static final Comparator<MeterReading> ORDER =
            Comparator.comparingLong(MeterReading::epoch).thenComparingLong(MeterReading::usedMillis);

    private UsageProofs() {}

    /** By session id: the reading with the greatest total of the greatest epoch. */
    public static Map<String, MeterReading> among(List<MeterReading> readings) {
        Map<String, MeterReading> greatest = new LinkedHashMap<>();
        for (MeterReading reading : readings) {
            greatest.merge(reading.sessionId(), reading, (a, b) -> ORDER.compare(a, b) >= 0 ? a : b);
        }
        return greatest;
    }
}
