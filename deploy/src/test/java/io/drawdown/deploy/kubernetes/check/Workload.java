package io.drawdown.deploy.kubernetes.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drawdown.contracts.Service;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What makes pods.
 *
 * @param template of its pods
 */
record Workload(String kind, String name, ObjectNode object, JsonNode template) {

    static Optional<Workload> of(ObjectNode object) {
        String kind = object.path("kind").asText();
        JsonNode template =
                switch (kind) {
                    case "Deployment", "StatefulSet", "Job" -> object.at("/spec/template");
                    case "CronJob" -> object.at("/spec/jobTemplate/spec/template");
                    default -> object.at("/none");
                };
        return template.isMissingNode()
                ? Optional.empty()
                : Optional.of(new Workload(kind, Rendering.nameOf(object), object, template));
    }

    JsonNode pod() {
        return template.path("spec");
    }

    JsonNode labels() {
        return template.at("/metadata/labels");
    }

    Stream<JsonNode> containers() {
        return Rendering.each(pod().path("containers"));
    }

    /** The service of Drawdown that it runs. */
    Optional<Service> service() {
        return Arrays.stream(Service.values())
                .filter(service -> service.serviceName().equals(name))
                .findFirst();
    }

    /** The number of a port of its containers. */
    Optional<Integer> port(JsonNode nameOrNumber) {
        return containers()
                .flatMap(container -> Rendering.each(container.path("ports")))
                .filter(port -> port.path("name").asText().equals(nameOrNumber.asText())
                        || port.path("containerPort").asText().equals(nameOrNumber.asText()))
                .map(port -> port.path("containerPort").asInt())
                .findFirst();
    }

    boolean isSelectedBy(JsonNode selector) {
        return Selectors.matches(selector, labels());
    }

    /** The variables of its containers, with those of the ConfigMaps that they take whole; the value is empty if a secret or a field has it. */
    Map<String, String> variables(Rendering rendering) {
        Map<String, String> found = new HashMap<>();
        containers().forEach(container -> {
            Rendering.each(container.path("envFrom"))
                    .flatMap(from -> rendering
                            .find("ConfigMap", from.at("/configMapRef/name").asText())
                            .stream())
                    .flatMap(map -> map.path("data").properties().stream())
                    .forEach(entry -> found.put(entry.getKey(), entry.getValue().asText()));
            Rendering.each(container.path("env"))
                    .forEach(variable -> found.put(
                            variable.path("name").asText(),
                            variable.path("value").asText("")));
        });
        return found;
    }

    String id() {
        return kind + " " + name;
    }
}
