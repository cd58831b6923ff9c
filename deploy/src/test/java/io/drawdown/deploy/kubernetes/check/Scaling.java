package io.drawdown.deploy.kubernetes.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.contracts.Service;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A query names a metric that the scaled service exports, of this namespace; no more instances than partitions read a topic. */
public final class Scaling implements Check {

    private static final Pattern METRIC = Pattern.compile("drawdown_[a-z_]+");

    @Override
    public List<String> findings(Rendering rendering) {
        return rendering
                .of("ScaledObject")
                .flatMap(object -> Rendering.each(object.at("/spec/triggers"))
                        .flatMap(trigger -> switch (trigger.path("type").asText()) {
                            case "prometheus" ->
                                Stream.concat(
                                        ofSilence(object, trigger),
                                        ofQuery(
                                                rendering,
                                                object,
                                                trigger.at("/metadata/query").asText()));
                            case "kafka" -> ofPartitions(rendering, object);
                            default -> Stream.<String>empty();
                        })
                        .distinct())
                .toList();
    }

    /** No data must not count as 0, or a Prometheus that has just started ends sessions. */
    private static Stream<String> ofSilence(JsonNode object, JsonNode trigger) {
        return "false".equals(trigger.at("/metadata/ignoreNullValues").asText())
                ? Stream.empty()
                : Stream.of(Rendering.idOf(object) + " takes no data for 0");
    }

    private static Stream<String> ofQuery(Rendering rendering, JsonNode object, String query) {
        Set<String> meters = meters(object.at("/spec/scaleTargetRef/name").asText());
        String namespace = object.at("/metadata/namespace").asText();
        Stream<String> unknown = METRIC.matcher(query)
                .results()
                .map(found -> found.group())
                .filter(name -> !meters.contains(name))
                .map(name -> Rendering.idOf(object) + " asks for " + name + ", which its target does not export");
        boolean isOfNamespace = query.contains("namespace=\"" + namespace + "\"")
                && METRIC.matcher(query).find();
        return isOfNamespace
                ? unknown
                : Stream.concat(
                        unknown,
                        Stream.of(Rendering.idOf(object) + " in " + rendering.name() + " asks for no metric of "
                                + namespace));
    }

    private static Stream<String> ofPartitions(Rendering rendering, JsonNode object) {
        int partitions = rendering
                .get("ConfigMap", "drawdown")
                .at("/data/DRAWDOWN_KAFKA_PARTITIONS")
                .asInt();
        return object.at("/spec/maxReplicaCount").asInt() <= partitions
                ? Stream.empty()
                : Stream.of(Rendering.idOf(object) + " asks for more instances than the " + partitions + " partitions");
    }

    private static Set<String> meters(String name) {
        return Arrays.stream(Service.values())
                .filter(service -> service.serviceName().equals(name))
                .flatMap(service -> ServiceFacts.of(service).meters().stream())
                .collect(Collectors.toSet());
    }
}
