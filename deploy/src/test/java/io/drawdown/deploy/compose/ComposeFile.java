package io.drawdown.deploy.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drawdown.contracts.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;

/**
 * What the files of the stack say. Any file may be replaced, so that a test can plant a mistake.
 *
 * @param planted the text of a file in the place of its own, by its path below the root
 */
record ComposeFile(Map<String, String> planted) {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final String COMPOSE = "docker-compose.yml";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** {@code ${NAME}}, {@code ${NAME:-default}} or {@code ${NAME:?message}}; a doubled {@code $} is a plain one. */
    private static final Pattern VARIABLE =
            Pattern.compile("(?<!\\$)\\$(?:\\{([A-Za-z_][A-Za-z0-9_]*)|([A-Za-z_]\\w*))");

    private static final Pattern DEFAULTED = Pattern.compile("\\$\\{[A-Za-z0-9_]+:[-?]([^}]*)}");

    static ComposeFile ofTheRoot() {
        return new ComposeFile(Map.of());
    }

    String text(String file) {
        String text = planted.get(file);
        if (text != null) {
            return text;
        }
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return text(COMPOSE);
    }

    /** The file with its anchors and merges carried out. */
    JsonNode tree() {
        return yaml(COMPOSE);
    }

    JsonNode yaml(String file) {
        return JSON.valueToTree(new Yaml().load(text(file)));
    }

    /** Every container by its name. */
    Map<String, JsonNode> containers() {
        Map<String, JsonNode> containers = new TreeMap<>();
        tree().path("services").properties().forEach(entry -> containers.put(entry.getKey(), entry.getValue()));
        return containers;
    }

    JsonNode of(Service service) {
        return tree().path("services").path(service.serviceName());
    }

    /** The variables that the service is given. */
    Map<String, String> environment(Service service) {
        Map<String, String> environment = new TreeMap<>();
        of(service)
                .path("environment")
                .properties()
                .forEach(entry ->
                        environment.put(entry.getKey(), entry.getValue().asText()));
        return environment;
    }

    /** What the file takes from {@code .env}; comments are no part of it. */
    Set<String> interpolated() {
        String withoutComments =
                text().lines().filter(line -> !line.strip().startsWith("#")).collect(Collectors.joining("\n"));
        return VARIABLE.matcher(withoutComments)
                .results()
                .map(found -> Optional.ofNullable(found.group(1)).orElseGet(() -> found.group(2)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The names of {@code .env.example} with their values. */
    Map<String, String> example() {
        return text(".env.example")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (a, b) -> b, TreeMap::new));
    }

    /** The files and folders of the repository that are mounted, by path below the root. */
    List<String> mountedFiles() {
        List<String> files = new ArrayList<>();
        containers().values().forEach(container -> container.path("volumes").forEach(volume -> {
            String source = withExample(volume.asText()).split(":", 2)[0];
            if (source.startsWith("./")) {
                files.add(source.substring(2));
            }
        }));
        return files;
    }

    /** The text with the variables as {@code .env.example} has them. */
    String withExample(String text) {
        Map<String, String> example = example();
        return VARIABLE.matcher(DEFAULTED
                        .matcher(text)
                        .replaceAll(found -> "\\" + found.group().replaceFirst(":[^}]*", "")))
                .replaceAll(found -> example.getOrDefault(found.group(1), ""))
                .replace("}", "");
    }
}
