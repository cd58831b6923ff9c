package io.drawdown.deploy.kubernetes.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An address inside the namespace is that of a Service, with one of its ports; what a service calls is what its variable names. */
public final class Addresses implements Check {

    @Override
    public List<String> findings(Rendering rendering) {
        Stream<String> ofVariables =
                rendering.workloads().stream().flatMap(workload -> ofVariables(rendering, workload));
        Stream<String> ofRoutes = rendering.of("HTTPRoute").flatMap(route -> Rendering.each(route.at("/spec/rules"))
                .flatMap(rule -> Rendering.each(rule.path("backendRefs")))
                .filter(backend -> !answers(
                        rendering,
                        backend.path("name").asText(),
                        backend.path("port").asInt()))
                .map(backend -> Rendering.idOf(route) + " leads to no port of a Service: " + backend));
        return Stream.concat(ofVariables, ofRoutes).toList();
    }

    private static Stream<String> ofVariables(Rendering rendering, Workload workload) {
        return workload.variables(rendering).entrySet().stream().flatMap(entry -> {
            String name = entry.getKey();
            if ("KAFKA_BOOTSTRAP_SERVERS".equals(name)) {
                return broker(rendering, workload, entry.getValue()).stream();
            }
            if (!name.endsWith("_URL")) {
                return Stream.empty();
            }
            URI address = URI.create(entry.getValue());
            return answers(rendering, address.getHost(), address.getPort()) && isMeant(name, address.getHost())
                    ? Stream.empty()
                    : Stream.of(workload.id() + " has a " + name + " that is not the port of its Service: " + address);
        });
    }

    /** A name without a dot is one of this namespace. */
    private static Optional<String> broker(Rendering rendering, Workload workload, String given) {
        URI address = URI.create("kafka://" + given);
        boolean isElsewhere = address.getHost().contains(".") && address.getPort() > 0;
        return isElsewhere || answers(rendering, address.getHost(), address.getPort())
                ? Optional.empty()
                : Optional.of(workload.id() + " has no broker at " + given);
    }

    /** {@code DRAWDOWN_CREDITS_URL} is that of credits-service. */
    private static boolean isMeant(String variable, String host) {
        return !variable.startsWith("DRAWDOWN_")
                || Stream.of(io.drawdown.contracts.Service.values())
                        .filter(service -> service.serviceName().equals(host))
                        .anyMatch(service -> variable.equalsIgnoreCase("DRAWDOWN_" + service.database() + "_URL"));
    }

    private static boolean answers(Rendering rendering, String host, int port) {
        Optional<JsonNode> service = rendering.find("Service", host).map(found -> found.at("/spec/ports"));
        return service.stream()
                .flatMap(Rendering::each)
                .anyMatch(found -> found.path("port").asInt() == port);
    }
}
