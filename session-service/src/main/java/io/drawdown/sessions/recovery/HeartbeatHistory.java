package io.drawdown.sessions.recovery;

import io.drawdown.contracts.MeterReading;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The port to what has been published on the heartbeat topic. */
public interface HeartbeatHistory {

    /**
     * The greatest reading of each (session, epoch) of these accounts, among the heartbeats that were published between
     * {@code from} and this call, and among the latest ones whatever their time. Fails with {@code Unavailable} rather
     * than answer with less.
     */
    Uni<List<MeterReading>> since(Instant from, Set<String> accountIds);
}
