package io.drawdown.tasks.run;

import io.drawdown.tasks.task.Lane;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * Whose turn it is among the lanes of one type: stride scheduling (C. Waldspurger and W. Weihl, 1995). Of 15 starts while all
 * have work, the lanes get 8, 4, 2 and 1, so the n-th task of the low lane starts within 15 n starts. A lane that was empty
 * does not catch up.
 */
final class LaneTurns {

    /** A multiple of every share. */
    private static final long WHOLE = 8;

    private final Map<Lane, Long> passes = new EnumMap<>(Lane.class);
    private long latest;

    /** Shares so many starts among these lanes, in the order of their turns. */
    Map<Lane, Integer> share(int starts, Set<Lane> lanes) {
        Map<Lane, Integer> shared = new EnumMap<>(Lane.class);
        for (int start = 0; start < starts && !lanes.isEmpty(); start++) {
            shared.merge(next(lanes), 1, Integer::sum);
        }
        return shared;
    }

    private Lane next(Set<Lane> lanes) {
        Lane first = null;
        for (Lane lane : lanes) {
            if (first == null || pass(lane) < pass(first)) {
                first = lane;
            }
        }
        if (first == null) {
            throw new IllegalArgumentException("no lane");
        }
        latest = pass(first);
        passes.put(first, latest + WHOLE / first.share());
        return first;
    }

    private long pass(Lane lane) {
        return Math.max(passes.getOrDefault(lane, 0L), latest);
    }
}
