package io.drawdown.tasks.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tasks that this instance works on: each claim under way and each run counts, so that a task counts for as long as any
 * of them does.
 */
final class Occupied {

    private final Map<String, Integer> counts = new HashMap<>();
    private final List<Set<String>> observations = new ArrayList<>();

    void enter(String id) {
        counts.merge(id, 1, Integer::sum);
        observations.forEach(seen -> seen.add(id));
    }

    void leave(String id) {
        counts.computeIfPresent(id, (same, count) -> count == 1 ? null : count - 1);
    }

    /** The tasks that are occupied now, and from now on all that ever are, until {@link #close}. */
    Set<String> observe() {
        Set<String> seen = new HashSet<>(counts.keySet());
        observations.add(seen);
        return seen;
    }

    void close(Set<String> observation) {
        observations.removeIf(each -> each == observation);
    }

    int size() {
        return counts.size();
    }
}
