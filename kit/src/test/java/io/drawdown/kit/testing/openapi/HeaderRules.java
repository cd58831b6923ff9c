package io.drawdown.kit.testing.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which headers an answer has: those that are described, and what HTTP itself adds. */
final class HeaderRules {

    private static final Set<String> OF_THE_TRANSPORT = Set.of(
            "connection",
            "content-length",
            "content-type",
            "date",
            "keep-alive",
            "strict-transport-security",
            "transfer-encoding");

    /** What keeps a browser from making more of an answer than it is. */
    static final Map<String, String> OF_EVERY_ANSWER = Map.of(
            "x-content-type-options", "nosniff",
            "cache-control", "no-store",
            "content-security-policy", "default-src 'none'; frame-ancestors 'none'");

    private final JsonNode document;
    private final BodySchemas schemas;

    HeaderRules(JsonNode document, BodySchemas schemas) {
        this.document = document;
        this.schemas = schemas;
    }

    void check(JsonNode described, Answer answer, List<String> found) {
        Set<String> known = new HashSet<>(OF_THE_TRANSPORT);
        described.properties().forEach(each -> {
            String name = each.getKey().toLowerCase(Locale.ROOT);
            known.add(name);
            check(name, resolved(each.getValue()), answer, found);
        });
        OF_EVERY_ANSWER.forEach((name, value) -> {
            known.add(name);
            if (!answer.headers().getOrDefault(name, List.of()).equals(List.of(value))) {
                found.add("the header " + name + " is not once " + value);
            }
        });
        answer.headers().keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> found.add("the header " + name + " is not described"));
    }

    private void check(String name, JsonNode header, Answer answer, List<String> found) {
        List<String> values = answer.headers().getOrDefault(name, List.of());
        if (values.isEmpty() && header.path("required").asBoolean()) {
            found.add("the header " + name + " is missing");
        }
        if (values.size() > 1) {
            found.add("the header " + name + " is there more than once");
        }
        values.forEach(value -> schemas.check(header.path("schema"), typed(value, header), found));
    }

    private static JsonNode typed(String value, JsonNode header) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (header.path("schema").path("type").asText()) {
            case "integer" ->
                value.matches("-?[0-9]{1,18}") ? json.numberNode(Long.parseLong(value)) : json.textNode(value);
            case "boolean" ->
                value.matches("true|false") ? json.booleanNode(Boolean.parseBoolean(value)) : json.textNode(value);
            default -> json.textNode(value);
        };
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }
}
