package io.drawdown.kit.testing.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Every route of a service, as {@code docs/openapi} describes it, so that a new route is tested like all others. */
public final class DescribedRoutes {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private DescribedRoutes() {}

    /**
     * A route.
     *
     * @param address its path with names in braces
     * @param roles those that may use it
     */
    public record Route(
            String method, String address, List<String> roles, List<Parameter> parameters, boolean hasBody) {

        /** With an example of each name, and of each parameter that is needed. */
        public String path() {
            String query = parameters.stream()
                    .filter(parameter -> parameter.in().equals("query") && parameter.isRequired())
                    .map(parameter -> parameter.name() + "=" + parameter.example())
                    .collect(Collectors.joining("&"));
            return pathOnly() + (query.isEmpty() ? "" : "?" + query);
        }

        /** With that text in the place of a name. */
        public String path(Parameter name, String text) {
            return new Route(method, address.replace("{" + name.name() + "}", text), roles, parameters, hasBody).path();
        }

        /** With that query instead of what is needed. */
        public String path(String query) {
            return pathOnly() + "?" + query;
        }

        private String pathOnly() {
            String path = address;
            for (Parameter name : parameters("path")) {
                path = path.replace("{" + name.name() + "}", name.example());
            }
            return path;
        }

        public List<Parameter> parameters(String in) {
            return parameters.stream()
                    .filter(parameter -> parameter.in().equals(in))
                    .toList();
        }

        @Override
        public String toString() {
            return method + " " + address;
        }
    }

    /** @param in path, query or header */
    public record Parameter(String name, String in, boolean isRequired, String example, JsonNode schema) {

        /** Values that it can not have. */
        public List<String> wrongValues() {
            List<String> wrong = new ArrayList<>(List.of("", "%20", "a%20b", "%C3%A4", "%00", "x".repeat(300)));
            if (schema.path("type").asText().equals("integer")) {
                wrong.addAll(List.of("ten", "1.5", "99999999999999999999", "1e3", "0x10"));
                wrong.add(String.valueOf(schema.path("minimum").asLong(0) - 1));
                if (schema.has("maximum")) {
                    wrong.add(String.valueOf(schema.path("maximum").asLong() + 1));
                }
            }
            return wrong;
        }
    }

    /** @param file a file of {@code docs/openapi} */
    public static List<Route> all(Path file) {
        JsonNode description = description(file);
        return description.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .map(operation -> route(description, path.getKey(), operation.getKey(), operation.getValue())))
                .toList();
    }

    private static JsonNode description(Path file) {
        try {
            return new YAMLMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Route route(JsonNode description, String path, String method, JsonNode operation) {
        List<String> roles = stream(operation.path("security").path(0).path("token"))
                .map(JsonNode::asText)
                .toList();
        List<Parameter> parameters = stream(operation.path("parameters"))
                .map(parameter -> parameter(description, parameter))
                .toList();
        return new Route(method.toUpperCase(Locale.ROOT), path, roles, parameters, operation.has("requestBody"));
    }

    private static Parameter parameter(JsonNode description, JsonNode given) {
        JsonNode parameter = resolved(description, given);
        return new Parameter(
                parameter.path("name").asText(),
                parameter.path("in").asText(),
                parameter.path("required").asBoolean(),
                parameter.path("example").asText(),
                resolved(description, parameter.path("schema")));
    }

    private static JsonNode resolved(JsonNode description, JsonNode given) {
        return given.has("$ref") ? description.at(given.get("$ref").asText().substring(1)) : given;
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
