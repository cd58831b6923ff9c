package io.drawdown.deploy.kubernetes.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The objects of one overlay.
 *
 * @param secrets the keys of each secret that an operator is told to make for it
 * @param hasOptionalSecrets whether the optional ones are among them
 */
public record Rendering(
        String name, List<ObjectNode> objects, Map<String, Set<String>> secrets, boolean hasOptionalSecrets) {

    /** A copy that may be edited. */
    public Rendering copy() {
        return new Rendering(name, objects.stream().map(ObjectNode::deepCopy).toList(), secrets, hasOptionalSecrets);
    }

    public Stream<ObjectNode> of(String kind) {
        return objects.stream().filter(object -> kind.equals(object.path("kind").asText()));
    }

    /** An object by its kind and name. A ConfigMap is also found by its name without the hash at its end. */
    public Optional<ObjectNode> find(String kind, String name) {
        return of(kind).filter(object -> nameOf(object).equals(name)
                        || ("ConfigMap".equals(kind) && nameOf(object).matches(name + "-[a-z0-9]{10}")))
                .findFirst();
    }

    /** An object that is there. */
    public ObjectNode get(String kind, String name) {
        return find(kind, name).orElseThrow(() -> new IllegalArgumentException(kind + " " + name + " is not there"));
    }

    /** Everything that makes pods. */
    public List<Workload> workloads() {
        return objects.stream().flatMap(object -> Workload.of(object).stream()).toList();
    }

    static String nameOf(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    static String idOf(JsonNode object) {
        return object.path("kind").asText() + " " + nameOf(object);
    }

    static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
