package io.drawdown.sessions.recovery;

import io.drawdown.contracts.Heartbeat;
import io.drawdown.contracts.MeterReading;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The port to what has been published on the heartbeat topic. */
public interface HeartbeatHistory {

    /**
     * What was heard of these accounts, among the heartbeats that were published between {@code from} and this call, and
     * among the latest ones whatever their time. Fails with {@code Unavailable} rather than answer with less.
     */
    Uni<Heard> since(Instant from, Set<String> accountIds);

    /**
     * @param readings the greatest of each (session, epoch)
     * @param beats the greatest beat of each incarnation that published on the partitions of the accounts: a greater one
     *     than before is a sign of life
     */
    record Heard(List<MeterReading> readings, Map<String, Long> beats) {

        public Heard {
            readings = List.copyOf(readings);
            beats = Map.copyOf(beats);
        }

        /** The greatest beat of the incarnation; 0 if none was heard. */
        long beatOf(String incarnation) {
            return beats.getOrDefault(incarnation, 0L);
        }
    }

    /** Keeps the greatest of all that it takes. */
    final class Greatest {
        private final Set<String> accountIds;
        private final Map<Key, MeterReading> readings = new LinkedHashMap<>();
        private final Map<String, Long> beats = new LinkedHashMap<>();

        private record Key(String sessionId, long epoch) {}

        public Greatest(Set<String> accountIds) {
            this.accountIds = accountIds;
        }

        public void take(Heartbeat heartbeat) {
            beats.merge(heartbeat.incarnation(), heartbeat.beat(), Math::max);
            for (MeterReading reading : heartbeat.readings()) {
                if (accountIds.contains(reading.accountId())) {
                    readings.merge(
                            new Key(reading.sessionId(), reading.epoch()),
                            reading,
                            (known, next) -> next.usedMillis() > known.usedMillis() ? next : known);
                }
            }
        }

        public Heard heard() {
            return new Heard(List.copyOf(readings.values()), beats);
        }
    }
}
