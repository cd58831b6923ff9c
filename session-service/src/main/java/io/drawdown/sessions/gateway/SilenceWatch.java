package io.drawdown.sessions.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Knows by the monotonic clock of this process for how long a gateway has said nothing, because the clock of a database may
 * be set. Between two looks at most so much counts: while this process or the database stood still, the gateway could not
 * be heard either.
 */
final class SilenceWatch {

    private final Duration mostBetweenLooks;
    private final Map<String, Watched> watched = new HashMap<>();

    SilenceWatch(Duration mostBetweenLooks) {
        this.mostBetweenLooks = mostBetweenLooks;
    }

    private record Watched(Instant heardAt, Duration silent, long lookedNanos) {}

    /** How long the session has been seen silent. */
    Duration look(String sessionId, Instant heardAt, long nowNanos) {
        Watched first = new Watched(heardAt, Duration.ZERO, nowNanos);
        return watched.merge(
                        sessionId,
                        first,
                        (before, _) -> before.heardAt().equals(heardAt) ? longer(before, nowNanos) : first)
                .silent();
    }

    private Watched longer(Watched before, long nowNanos) {
        Duration between = Duration.ofNanos(nowNanos - before.lookedNanos());
        Duration counted = between.compareTo(mostBetweenLooks) > 0 ? mostBetweenLooks : between;
        return new Watched(before.heardAt(), before.silent().plus(counted), nowNanos);
    }

    /** Forgets all other sessions: they were heard again, or have ended. */
    void keep(Set<String> sessionIds) {
        watched.keySet().retainAll(sessionIds);
    }
}
