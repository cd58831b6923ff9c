package io.drawdown.deploy.kubernetes.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.contracts.Service;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Whatever selects pods selects some, and those that it means; each service has all that a service has; nothing is scaled by two. */
public final class Labels implements Check {

    @Override
    public List<String> findings(Rendering rendering) {
        return Stream.of(ofWorkloads(rendering), ofSelectors(rendering), ofScaling(rendering), complete(rendering))
                .flatMap(found -> found)
                .toList();
    }

    private static Stream<String> ofWorkloads(Rendering rendering) {
        return rendering.workloads().stream().flatMap(workload -> {
            JsonNode own = workload.object().at("/spec/selector");
            Stream<String> spread = Rendering.each(workload.pod().path("topologySpreadConstraints"))
                    .filter(constraint -> !workload.isSelectedBy(constraint.path("labelSelector")))
                    .map(constraint -> workload.id() + " spreads other pods than its own: "
                            + constraint.path("topologyKey").asText());
            return own.isMissingNode() || workload.isSelectedBy(own)
                    ? spread
                    : Stream.concat(spread, Stream.of(workload.id() + " does not select its own pods"));
        });
    }

    private static Stream<String> ofSelectors(Rendering rendering) {
        List<String> found = new ArrayList<>();
        rendering.of("PodDisruptionBudget").forEach(object -> {
            if (selected(rendering, object.at("/spec/selector")) != 1) {
                found.add(Rendering.idOf(object) + " does not select the pods of one workload");
            }
        });
        rendering.of("NetworkPolicy").forEach(object -> {
            if (selected(rendering, object.at("/spec/podSelector")) == 0) {
                found.add(Rendering.idOf(object) + " selects no pod");
            }
        });
        rendering.of("PodMonitor").forEach(object -> {
            if (selected(rendering, object.at("/spec/selector")) != Service.values().length) {
                found.add(Rendering.idOf(object) + " does not select the pods of all services");
            }
        });
        rendering.of("Service").forEach(object -> {
            long selected = rendering.workloads().stream()
                    .filter(workload -> Selectors.matchesLabels(object.at("/spec/selector"), workload.labels()))
                    .count();
            if (selected != 1) {
                found.add(Rendering.idOf(object) + " does not select the pods of one workload");
            }
        });
        return found.stream();
    }

    private static long selected(Rendering rendering, JsonNode selector) {
        return rendering.workloads().stream()
                .filter(workload -> workload.isSelectedBy(selector))
                .count();
    }

    private static Stream<String> ofScaling(Rendering rendering) {
        List<String> found = new ArrayList<>();
        Map<String, String> scaled = new HashMap<>();
        Stream.concat(rendering.of("ScaledObject"), rendering.of("HorizontalPodAutoscaler"))
                .forEach(object -> {
                    JsonNode target = object.at("/spec/scaleTargetRef");
                    String name = target.path("kind").asText() + " "
                            + target.path("name").asText();
                    String before = scaled.put(name, Rendering.idOf(object));
                    if (before != null) {
                        found.add(name + " is scaled by " + before + " and by " + Rendering.idOf(object));
                    }
                    rendering
                            .find(
                                    target.path("kind").asText(),
                                    target.path("name").asText())
                            .ifPresentOrElse(
                                    there -> {
                                        if (there.at("/spec").has("replicas")) {
                                            found.add(name + " is scaled, so each apply would set its replicas back");
                                        }
                                    },
                                    () -> found.add(Rendering.idOf(object) + " scales what is not there: " + name));
                });
        return found.stream();
    }

    /** Each service of the list runs, has an address, and may be moved one pod at a time. */
    private static Stream<String> complete(Rendering rendering) {
        Stream<String> running = Arrays.stream(Service.values())
                .filter(service -> rendering.workloads().stream()
                        .noneMatch(workload ->
                                workload.service().filter(service::equals).isPresent()))
                .map(service -> service.serviceName() + " does not run");
        Stream<String> rest = Arrays.stream(Service.values())
                .map(Service::serviceName)
                .flatMap(name -> Stream.of("Service", "ServiceAccount", "PodDisruptionBudget", "NetworkPolicy")
                        .filter(kind -> rendering.find(kind, name).isEmpty())
                        .map(kind -> name + " has no " + kind));
        return Stream.concat(running, rest);
    }
}
