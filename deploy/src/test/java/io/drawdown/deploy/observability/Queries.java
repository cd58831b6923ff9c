package io.drawdown.deploy.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The queries of the dashboards and of the rules, and the list of what a running stack exports. */
final class Queries {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    static final Path DASHBOARDS = ROOT.resolve("deploy/dashboards");
    static final Path ALERTS = ROOT.resolve("deploy/alerts");

    /** Prometheus itself makes these, and gives these labels to what it scrapes. */
    private static final Set<String> OF_PROMETHEUS = Set.of("up", "ALERTS");

    private static final Set<String> TARGET_LABELS = Set.of("job", "instance");

    private static final ObjectMapper JSON = new ObjectMapper();

    private Queries() {}

    /** A query, and where it stands. */
    record Query(String place, String text) {}

    static List<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(Path file) {
        try {
            return JSON.readTree(read(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    static JsonNode yaml(Path file) {
        return JSON.valueToTree(new Yaml().load(read(file)));
    }

    /** Every rule of all files: those that record and those that alert. */
    static List<JsonNode> rules() {
        List<JsonNode> rules = new ArrayList<>();
        files(ALERTS, ".yml").forEach(file -> yaml(file).path("groups").forEach(group -> group.path("rules")
                .forEach(rules::add)));
        return rules;
    }

    static List<JsonNode> alerts() {
        return rules().stream().filter(rule -> rule.has("alert")).toList();
    }

    static List<Query> all() {
        List<Query> queries = new ArrayList<>();
        for (Path file : files(DASHBOARDS, ".json")) {
            json(file).path("panels").forEach(panel -> panel.path("targets")
                    .forEach(target -> queries.add(new Query(
                            file.getFileName() + ": " + panel.path("title").asText(),
                            target.path("expr").asText()))));
        }
        rules().forEach(rule ->
                queries.add(new Query(name(rule), rule.path("expr").asText())));
        return queries;
    }

    private static String name(JsonNode rule) {
        return rule.path("alert").asText() + rule.path("record").asText();
    }

    /** The labels of every metric of {@code deploy/metrics.txt}, which a test of a running stack compares with what it exports. */
    static Map<String, Set<String>> exported() {
        Map<String, Set<String>> metrics = new TreeMap<>();
        read(ROOT.resolve("deploy/metrics.txt"))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" "))
                .forEach(words -> metrics.put(
                        words[0], Arrays.stream(words).skip(1).collect(Collectors.toCollection(TreeSet::new))));
        return metrics;
    }

    /** What these queries ask for that nobody exports or records. */
    static List<String> unknown(List<Query> queries) {
        Map<String, Set<String>> exported = exported();
        Set<String> recorded = rules().stream()
                .map(rule -> rule.path("record").asText())
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
        List<String> unknown = new ArrayList<>();
        for (Query query : queries) {
            PromQl asked = PromQl.of(query.text());
            Set<String> labels = new TreeSet<>(TARGET_LABELS);
            for (PromQl.Selector selector : asked.selectors()) {
                if (recorded.contains(selector.metric()) || OF_PROMETHEUS.contains(selector.metric())) {
                    continue;
                }
                Set<String> own = new TreeSet<>(exported.getOrDefault(selector.metric(), Set.of()));
                own.addAll(TARGET_LABELS);
                labels.addAll(own);
                if (!exported.containsKey(selector.metric())) {
                    unknown.add(query.place() + ": nobody exports " + selector.metric());
                } else if (!own.containsAll(selector.labels())) {
                    unknown.add(
                            query.place() + ": " + selector.metric() + " has " + own + ", not " + selector.labels());
                }
            }
            if (!labels.containsAll(asked.grouping())) {
                unknown.add(query.place() + ": groups by " + asked.grouping() + " of " + labels);
            }
        }
        return unknown;
    }
}
