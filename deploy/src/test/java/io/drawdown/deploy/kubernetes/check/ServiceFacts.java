package io.drawdown.deploy.kubernetes.check;

import io.drawdown.contracts.Service;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.util.stream.Collectors.toSet;

/** What a service says of itself: its properties, its table of configuration, its OpenAPI, the meters of its sources. */
final class ServiceFacts {

    static final Path ROOT = Path.of(System.getProperty("user.dir")).resolveSibling("");

    private static final Map<Service, ServiceFacts> KNOWN = new ConcurrentHashMap<>();
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([^`]+)` \\| `([A-Z][A-Z0-9_<>]*)` \\| `([^`]*)` \\|(.*)$");
    private static final Pattern NAMED = Pattern.compile("(?m)^\\| `([A-Z][A-Z0-9_]*)` \\|");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)");
    private static final Pattern ALSO = Pattern.compile("`((?:SMTP|SLACK|STRIPE)_[A-Z_]+)`");
    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");
    private static final Pattern ROUTE = Pattern.compile("(?m)^ {2}(/\\S+):$");
    private static final Pattern METER = Pattern.compile("\"(drawdown\\.[a-z.]+)\"");
    private static final String PREFIX = "${drawdown.topic-prefix:}";

    private final Service service;
    private final Properties properties;
    private final Map<String, String> defaults = new LinkedHashMap<>();
    private final Set<String> variables = new TreeSet<>(Set.of("MONGODB_URI", "KAFKA_BOOTSTRAP_SERVERS"));

    private ServiceFacts(Service service) {
        this.service = service;
        properties = properties(read(service.serviceName() + "/src/main/resources/application.properties"));
        String table = section(read("docs/configuration.md"), service.serviceName());
        for (MatchResult row : ROW.matcher(table).results().toList()) {
            defaults.put(row.group(2), row.group(3));
            ALSO.matcher(row.group(4)).results().forEach(also -> variables.add(also.group(1)));
        }
        NAMED.matcher(section(read("docs/configuration.md"), "Traces and logs"))
                .results()
                .forEach(found -> variables.add(found.group(1)));
        properties.values().stream()
                .flatMap(value -> VARIABLE.matcher(value.toString()).results())
                .forEach(found -> variables.add(found.group(1)));
    }

    static ServiceFacts of(Service service) {
        return KNOWN.computeIfAbsent(service, ServiceFacts::new);
    }

    int httpPort() {
        return Integer.parseInt(properties.getProperty("quarkus.http.port"));
    }

    int managementPort() {
        return Integer.parseInt(properties.getProperty("quarkus.management.port"));
    }

    /** Whether the service reads this environment variable. */
    boolean reads(String variable) {
        return variables.contains(variable)
                || defaults.keySet().stream()
                        .anyMatch(known -> variable.matches(known.replace("<NAME>", "[A-Z0-9_]+")));
    }

    /** The default of a variable of its table. */
    Optional<String> defaultOf(String variable) {
        return Optional.ofNullable(defaults.get(variable));
    }

    /** The variables whose default is only good for the local stack: a name that all instances would share, a file or an address of it. */
    Set<String> mustBeSet() {
        Set<String> found = defaults.entrySet().stream()
                .filter(entry -> entry.getValue().startsWith(".drawdown/")
                        || entry.getValue().contains("localhost")
                        || "DRAWDOWN_INSTANCE".equals(entry.getKey()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
        found.add("MONGODB_URI");
        found.add("KAFKA_BOOTSTRAP_SERVERS");
        return found;
    }

    /** What its consumer groups read, each as {@code group topic}. */
    Set<String> consumed() {
        String common = properties.getProperty("mp.messaging.connector.smallrye-kafka.group.id", service.serviceName());
        Set<String> found = new HashSet<>();
        properties.stringPropertyNames().stream()
                .filter(key -> key.startsWith("mp.messaging.incoming.") && key.endsWith(".topic"))
                .forEach(key -> {
                    String group = properties.getProperty(key.replace(".topic", ".group.id"), common);
                    found.add((group + " " + properties.getProperty(key)).replace(PREFIX, ""));
                });
        return found;
    }

    /** The paths of its routes and of its sockets. */
    List<String> paths() {
        Stream<String> routes = ROUTE.matcher(read("docs/openapi/" + service.serviceName() + ".yaml"))
                .results()
                .map(found -> found.group(1));
        return Stream.concat(routes, sockets().stream()).toList();
    }

    /** The paths of its sockets: those of AsyncAPI that its sources have. */
    Set<String> sockets() {
        String sources = sources();
        return Pattern.compile("(?m)^ {4}address: (/\\S+)$")
                .matcher(read("docs/asyncapi.yaml"))
                .results()
                .map(found -> found.group(1))
                .filter(path -> sources.contains('"' + path + '"'))
                .collect(toSet());
    }

    /** The names of its meters as Prometheus shows them, without what counters and timers get at their end. */
    Set<String> meters() {
        return METER.matcher(sources())
                .results()
                .map(found -> found.group(1).replace('.', '_'))
                .collect(toSet());
    }

    private String sources() {
        try (Stream<Path> files = Files.walk(ROOT.resolve(service.serviceName() + "/src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(ServiceFacts::text)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String section(String page, String title) {
        int from = page.indexOf("\n## " + title + "\n");
        int to = page.indexOf("\n## ", from + 1);
        return page.substring(from, to < 0 ? page.length() : to);
    }

    /** The version of all modules. */
    static String version() {
        Matcher version = VERSION.matcher(read("pom.xml"));
        if (!version.find()) {
            throw new IllegalStateException("pom.xml has no version");
        }
        return version.group(1);
    }

    static String read(String file) {
        return text(ROOT.resolve(file));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties properties(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
