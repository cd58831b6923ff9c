package io.drawdown.deploy.kubernetes.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.contracts.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Ports are those of application.properties, by number and by name; probes ask the paths that Quarkus has on the management port. */
public final class Ports implements Check {

    private static final Map<String, String> PROBES = Map.of(
            "startupProbe", "/q/health/started",
            "livenessProbe", "/q/health/live",
            "readinessProbe", "/q/health/ready");

    @Override
    public List<String> findings(Rendering rendering) {
        Stream<String> ofPods = rendering.workloads().stream()
                .flatMap(workload -> workload.service().stream().flatMap(service -> ofPod(workload, service)));
        Stream<String> ofServices = rendering.of("Service").flatMap(service -> ofService(rendering, service));
        Stream<String> ofMonitors = rendering.of("PodMonitor").flatMap(monitor -> ofMonitor(rendering, monitor));
        return Stream.of(ofPods, ofServices, ofMonitors).flatMap(found -> found).toList();
    }

    private static Stream<String> ofPod(Workload workload, Service service) {
        ServiceFacts facts = ServiceFacts.of(service);
        List<String> found = new ArrayList<>();
        workload.containers().forEach(container -> {
            expect(workload, "http", facts.httpPort(), container, found);
            expect(workload, "management", facts.managementPort(), container, found);
            PROBES.forEach((probe, path) -> {
                JsonNode get = container.at("/" + probe + "/httpGet");
                boolean isRight = path.equals(get.path("path").asText())
                        && workload.port(get.path("port")).equals(Optional.of(facts.managementPort()));
                if (!isRight) {
                    found.add(workload.id() + " has a " + probe + " that does not ask " + path + " on "
                            + facts.managementPort() + ": " + get);
                }
            });
        });
        return found.stream();
    }

    private static void expect(Workload workload, String name, int port, JsonNode container, List<String> found) {
        boolean isThere = Rendering.each(container.path("ports"))
                .anyMatch(given -> given.path("name").asText().equals(name)
                        && given.path("containerPort").asInt() == port);
        if (!isThere) {
            found.add(workload.id() + " has no port " + name + " " + port);
        }
    }

    private static Stream<String> ofService(Rendering rendering, JsonNode service) {
        return rendering.workloads().stream()
                .filter(workload -> Selectors.matchesLabels(service.at("/spec/selector"), workload.labels()))
                .flatMap(workload -> Rendering.each(service.at("/spec/ports"))
                        .filter(port -> !workload.port(port.path("targetPort"))
                                .equals(Optional.of(port.path("port").asInt())))
                        .map(port -> Rendering.idOf(service) + " has a port that is not that of " + workload.id() + ": "
                                + port));
    }

    private static Stream<String> ofMonitor(Rendering rendering, JsonNode monitor) {
        return Rendering.each(monitor.at("/spec/podMetricsEndpoints"))
                .flatMap(endpoint -> rendering.workloads().stream()
                        .filter(workload -> workload.isSelectedBy(monitor.at("/spec/selector")))
                        .filter(workload -> !endpoint.path("path").asText().equals("/q/metrics")
                                || workload.service()
                                        .map(service -> ServiceFacts.of(service).managementPort())
                                        .filter(port -> workload.port(endpoint.path("port"))
                                                .equals(Optional.of(port)))
                                        .isEmpty())
                        .map(workload -> Rendering.idOf(monitor) + " does not ask " + workload.id()
                                + " for /q/metrics on its management port"));
    }
}
