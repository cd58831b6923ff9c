package io.drawdown.deploy.kubernetes.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.contracts.Service;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who may talk to whom, by the policies as Kubernetes reads them, against what the code does: a pod may send if its own policies
 * let it and those of the other let it in.
 */
public final class Traffic implements Check {

    /** What calls Stripe, Slack, and endpoints that the configuration of tasks names. */
    private static final List<Service> TO_INTERNET = List.of(Service.TASK_SERVICE, Service.BILLING_BATCH);

    /** Where proxies of a gateway run: beside the Gateway, or in the namespace of Envoy Gateway. */
    private static final List<String> GATEWAYS = List.of("gateway", "envoy-gateway-system");

    @Override
    public List<String> findings(Rendering rendering) {
        Set<String> wanted = wanted(rendering);
        Set<String> allowed = new Policies(rendering).allowed();
        Stream<String> missing =
                wanted.stream().filter(way -> !allowed.contains(way)).map(way -> "no way " + way);
        Stream<String> open =
                allowed.stream().filter(way -> !wanted.contains(way)).map(way -> "a way that nobody needs " + way);
        return Stream.concat(missing, open).toList();
    }

    private static Set<String> wanted(Rendering rendering) {
        Set<String> ways = new TreeSet<>();
        for (Service service : Service.values()) {
            String name = service.serviceName();
            ServiceFacts facts = ServiceFacts.of(service);
            service.calls()
                    .forEach(other -> ways.add(name + " > " + other.serviceName() + " "
                            + ServiceFacts.of(other).httpPort()));
            GATEWAYS.forEach(gateway -> ways.add("namespace " + gateway + " > " + name + " " + facts.httpPort()));
            ways.add("namespace monitoring > " + name + " " + facts.managementPort());
            toBroker(rendering, name, ways);
            toDatabase(rendering, name, ways);
            toCollector(rendering, name, ways);
            if (setting(rendering, "DRAWDOWN_JWT_PUBLIC_KEY").startsWith("https:")) {
                ways.add(name + " > internet 443");
            }
        }
        int billing = ServiceFacts.of(Service.BILLING_BATCH).httpPort();
        ways.add("billing-run > billing-batch " + billing);
        toBroker(rendering, "topics", ways);
        TO_INTERNET.forEach(service -> ways.add(service.serviceName() + " > internet 443"));
        ways.add("billing-batch > internet 587");
        rendering.workloads().forEach(workload -> ways.add(workload.name() + " > namespace kube-system 53"));
        return ways;
    }

    private static void toBroker(Rendering rendering, String from, Set<String> ways) {
        URI broker = URI.create("kafka://" + setting(rendering, "KAFKA_BOOTSTRAP_SERVERS"));
        placesOf(rendering, "kafka", broker).forEach(to -> ways.add(from + " > " + to + " " + broker.getPort()));
    }

    /** Where it is is in a secret. */
    private static void toDatabase(Rendering rendering, String from, Set<String> ways) {
        boolean isBeside = rendering.workloads().stream()
                .anyMatch(workload -> workload.name().equals("mongodb"));
        Set<String> places = isBeside ? Set.of("mongodb") : peers(rendering, "mongodb");
        places.forEach(to -> ways.add(from + " > " + to + " 27017"));
    }

    private static void toCollector(Rendering rendering, String from, Set<String> ways) {
        String collector = setting(rendering, "OTEL_EXPORTER_OTLP_ENDPOINT");
        if (!collector.isEmpty()) {
            URI address = URI.create(collector);
            placesOf(rendering, "collector", address)
                    .forEach(to -> ways.add(from + " > " + to + " " + address.getPort()));
        }
    }

    /** Pods beside it ({@code kafka}), pods of another namespace ({@code name.namespace.svc}), or the addresses that a policy has. */
    private static Set<String> placesOf(Rendering rendering, String server, URI address) {
        List<String> labels = List.of(address.getHost().split("\\.", -1));
        boolean isOfNamespace = labels.size() == 3 && labels.getLast().equals("svc");
        if (isOfNamespace) {
            return Set.of("namespace " + labels.get(1));
        }
        return labels.size() == 1 ? Set.of(address.getHost()) : peers(rendering, server);
    }

    private static Set<String> peers(Rendering rendering, String server) {
        Set<String> peers = rendering.find("NetworkPolicy", "to-" + server).stream()
                .flatMap(policy -> Rendering.each(policy.at("/spec/egress/0/to")))
                .map(Policies::outside)
                .filter(peer -> !peer.isEmpty())
                .collect(Collectors.toSet());
        return peers.isEmpty() ? Set.of(server) : peers;
    }

    private static String setting(Rendering rendering, String variable) {
        return rendering.get("ConfigMap", "drawdown").at("/data").path(variable).asText();
    }

    /** What the policies of a rendering let through. */
    private record Policies(Rendering rendering) {

        Set<String> allowed() {
            Set<String> ways = new TreeSet<>();
            for (Workload to : rendering.workloads()) {
                rules(to, "Ingress").forEach(rule -> inside(rule, to, ways));
            }
            for (Workload from : rendering.workloads()) {
                if (!isClosed(from, "Egress") || !isClosed(from, "Ingress")) {
                    ways.add(from.name() + " is open");
                }
                rules(from, "Egress").forEach(rule -> Rendering.each(rule.path("to"))
                        .map(Policies::outside)
                        .filter(peer -> !peer.isEmpty())
                        .forEach(peer ->
                                ports(rule).forEach(port -> ways.add(from.name() + " > " + peer + " " + port))));
            }
            return ways;
        }

        private void inside(JsonNode rule, Workload to, Set<String> ways) {
            ports(rule).flatMap(port -> to.port(JsonText.of(port)).stream()).forEach(port -> {
                Rendering.each(rule.path("from"))
                        .map(Policies::outside)
                        .filter(peer -> !peer.isEmpty())
                        .forEach(peer -> ways.add(peer + " > " + to.name() + " " + port));
                rendering.workloads().stream()
                        .filter(from -> Rendering.each(rule.path("from")).anyMatch(peer -> isPeer(peer, from)))
                        .filter(from -> maySend(from, to, port))
                        .forEach(from -> ways.add(from.name() + " > " + to.name() + " " + port));
            });
        }

        private boolean maySend(Workload from, Workload to, int port) {
            return rules(from, "Egress")
                    .anyMatch(rule -> Rendering.each(rule.path("to")).anyMatch(peer -> isPeer(peer, to))
                            && ports(rule).anyMatch(given -> to.port(JsonText.of(given))
                                    .filter(found -> found == port)
                                    .isPresent()));
        }

        private static boolean isPeer(JsonNode peer, Workload workload) {
            return !peer.has("namespaceSelector") && workload.isSelectedBy(peer.path("podSelector"));
        }

        private boolean isClosed(Workload workload, String direction) {
            return policies(workload, direction).findAny().isPresent();
        }

        private Stream<JsonNode> rules(Workload workload, String direction) {
            String field = "Egress".equals(direction) ? "egress" : "ingress";
            return policies(workload, direction).flatMap(policy -> Rendering.each(policy.at("/spec/" + field)));
        }

        private Stream<? extends JsonNode> policies(Workload workload, String direction) {
            return rendering
                    .of("NetworkPolicy")
                    .filter(policy -> Rendering.each(policy.at("/spec/policyTypes"))
                            .anyMatch(type -> type.asText().equals(direction)))
                    .filter(policy -> workload.isSelectedBy(policy.at("/spec/podSelector")));
        }

        private static Stream<String> ports(JsonNode rule) {
            return rule.path("ports").isEmpty()
                    ? Stream.of("any")
                    : Rendering.each(rule.path("ports"))
                            .map(port -> port.path("port").asText())
                            .distinct();
        }

        /** A peer that is not a pod of this namespace; empty if it is one. */
        static String outside(JsonNode peer) {
            if (peer.has("ipBlock")) {
                String cidr = peer.at("/ipBlock/cidr").asText();
                return "0.0.0.0/0".equals(cidr) && isWithoutPrivate(peer) ? "internet" : cidr;
            }
            return peer.has("namespaceSelector")
                    ? "namespace "
                            + peer.at("/namespaceSelector/matchLabels/kubernetes.io~1metadata.name")
                                    .asText("any")
                    : "";
        }

        private static boolean isWithoutPrivate(JsonNode peer) {
            List<String> except = Rendering.each(peer.at("/ipBlock/except"))
                    .map(JsonNode::asText)
                    .toList();
            return except.containsAll(Arrays.asList("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"));
        }
    }
}
