package io.drawdown.billing.item.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The order in which items are worked on. An item's turn is when it was queued, but at least a minute after the turn of the team's
 * item before. So a thousand items of one team take their turns among those that others queue in the following hours, not before
 * them (start-time fair queueing; P. Goyal et al., 1996). The turns that were given are known to this instance alone: another
 * instance gives the team's next turn a little early, which is only less fair.
 */
final class Turns {

    private static final Duration APART = Duration.ofMinutes(1);
    private static final int MOST_TEAMS = 10_000;

    private final Map<String, Instant> latest = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST_TEAMS;
        }
    };

    Instant next(String team, Instant now) {
        Instant before = latest.get(team);
        Instant turn = before == null || before.plus(APART).isBefore(now) ? now : before.plus(APART);
        latest.put(team, turn);
        return turn;
    }
}
