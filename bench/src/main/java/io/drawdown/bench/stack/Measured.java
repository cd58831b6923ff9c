package io.drawdown.bench.stack;

import io.drawdown.bench.load.Load;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a queue printed of its measurements. */
public final class Measured {

    private static final String FIGURE = "figure ";

    private final Map<String, List<Double>> figures = new LinkedHashMap<>();

    /** Takes a line {@code figure <name> <value>}, and passes over any other. */
    void read(String line) {
        String[] words = line.split(" ", -1);
        if (line.startsWith(FIGURE) && words.length == 3) {
            figures.computeIfAbsent(words[1], first -> new ArrayList<>()).add(Double.valueOf(words[2]));
        }
    }

    /** The value in the middle of those with that name; between two the smaller one. */
    public double median(String name) {
        List<Double> all = figures.getOrDefault(name, List.of());
        if (all.isEmpty()) {
            throw new IllegalStateException("not measured: " + name);
        }
        return all.stream().sorted().toList().get((all.size() - 1) / 2);
    }

    public Load.Latency latency(String name) {
        return new Load.Latency(micros(name + ".p50"), micros(name + ".p95"), micros(name + ".p99"), 0);
    }

    private long micros(String name) {
        return Math.round(median(name));
    }
}
