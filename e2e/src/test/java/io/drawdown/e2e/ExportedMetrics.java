package io.drawdown.e2e;

import io.drawdown.cli.stack.Stack;
import io.drawdown.contracts.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the services of a running stack export.
 *
 * @param labels of each metric
 */
record ExportedMetrics(Map<String, Set<String>> labels) {

    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? \\S+.*");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    static ExportedMetrics of(Stack stack) {
        Map<String, Set<String>> labels = new HashMap<>();
        for (Service service : Service.values()) {
            Management.metrics(stack.child(service))
                    .map(SAMPLE::matcher)
                    .filter(Matcher::matches)
                    .forEach(sample -> {
                        Set<String> own = labels.computeIfAbsent(sample.group(1), name -> new HashSet<>());
                        if (sample.group(2) != null) {
                            LABEL.matcher(sample.group(2)).results().forEach(label -> own.add(label.group(1)));
                        }
                    });
        }
        return new ExportedMetrics(labels);
    }

    /** The list of what dashboards and alerts ask for: one metric with its labels a line. */
    static String asked() {
        try {
            return Files.readString(Suite.ROOT.resolve("deploy/metrics.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What such a list names and no service exports. */
    List<String> missing(String list) {
        List<String> missing = new ArrayList<>();
        list.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            List<String> words = List.of(line.split(" "));
            Set<String> own = labels.get(words.getFirst());
            if (own == null) {
                missing.add(words.getFirst());
            } else if (!own.containsAll(words.subList(1, words.size()))) {
                missing.add(line + ", but it has " + own);
            }
        });
        return missing;
    }
}
