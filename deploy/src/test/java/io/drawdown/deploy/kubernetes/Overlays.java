package io.drawdown.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drawdown.deploy.kubernetes.check.Rendering;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The overlays, each built once, with the secrets that an operator is told to make for it. */
enum Overlays {
    LOCAL(LocalSecrets::printed, secret -> keys(secret.path("data"))),
    PRODUCTION(Overlays::external, Overlays::externalKeys),
    PRODUCTION_KRAFT_EXTERNAL(Overlays::external, Overlays::externalKeys);

    private static final Map<Overlays, Rendering> BUILT = new ConcurrentHashMap<>();

    private final Supplier<List<ObjectNode>> secrets;
    private final Function<ObjectNode, Set<String>> keys;

    Overlays(Supplier<List<ObjectNode>> secrets, Function<ObjectNode, Set<String>> keys) {
        this.secrets = secrets;
        this.keys = keys;
    }

    Rendering rendering() {
        return BUILT.computeIfAbsent(this, Overlays::build);
    }

    private Rendering build() {
        String folder = "overlays/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        Map<String, Set<String>> made = secrets.get().stream()
                .collect(Collectors.toMap(secret -> secret.at("/metadata/name").asText(), keys));
        return new Rendering(folder, Kustomize.build(folder), made, this != LOCAL);
    }

    private static List<ObjectNode> external() {
        return Kustomize.build("examples/external-secrets");
    }

    private static Set<String> externalKeys(ObjectNode secret) {
        return StreamSupport.stream(secret.at("/spec/data").spliterator(), false)
                .map(data -> data.path("secretKey").asText())
                .collect(Collectors.toSet());
    }

    private static Set<String> keys(JsonNode data) {
        return data.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }
}
