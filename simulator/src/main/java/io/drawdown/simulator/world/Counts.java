package io.drawdown.simulator.world;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counters by name. */
public final class Counts {

    private final Map<String, Long> counts = new HashMap<>();

    public void count(String name) {
        add(name, 1);
    }

    public void add(String name, long times) {
        counts.merge(name, times, Long::sum);
    }

    public void addAll(Counts more) {
        more.counts.forEach(this::add);
    }

    public long of(String name) {
        return counts.getOrDefault(name, 0L);
    }

    public Map<String, Long> all() {
        return new TreeMap<>(counts);
    }
}
