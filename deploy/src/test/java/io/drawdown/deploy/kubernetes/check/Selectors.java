package io.drawdown.deploy.kubernetes.check;

import com.fasterxml.jackson.databind.JsonNode;

/** Label selectors, as Kubernetes reads them. */
final class Selectors {

    private Selectors() {}

    /** An empty selector matches everything, one that is not there nothing. */
    static boolean matches(JsonNode selector, JsonNode labels) {
        return selector.isObject()
                && selector.path("matchLabels").properties().stream()
                        .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())))
                && Rendering.each(selector.path("matchExpressions")).allMatch(wanted -> fits(wanted, labels));
    }

    private static boolean fits(JsonNode wanted, JsonNode labels) {
        JsonNode label = labels.path(wanted.path("key").asText());
        return switch (wanted.path("operator").asText()) {
            case "In" -> Rendering.each(wanted.path("values")).anyMatch(label::equals);
            case "NotIn" -> Rendering.each(wanted.path("values")).noneMatch(label::equals);
            case "Exists" -> !label.isMissingNode();
            case "DoesNotExist" -> label.isMissingNode();
            default -> throw new IllegalArgumentException("No operator of a selector: " + wanted);
        };
    }

    /** The selector of a Service is only labels. */
    static boolean matchesLabels(JsonNode wanted, JsonNode labels) {
        return !wanted.isEmpty()
                && wanted.properties().stream()
                        .allMatch(entry -> entry.getValue().equals(labels.get(entry.getKey())));
    }
}
