package io.drawdown.deploy.kubernetes.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.contracts.Service;
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
            ways.add("namespace gateway > " + name + " " + facts.httpPort());
            ways.add("namespace monitoring > " + name + " " + facts.managementPort());
            toServers(rendering, name, ways, "kafka", brokerPort(rendering));
            toServers(rendering, name, ways, "mongodb", 27_017);
        }
        int billing = ServiceFacts.of(Service.BILLING_BATCH).httpPort();
        ways.add("billing-run > billing-batch " + billing);
        toServers(rendering, "topics", ways, "kafka", brokerPort(rendering));
        TO_INTERNET.forEach(service -> ways.add(service.serviceName() + " > internet 443"));
        ways.add("billing-batch > internet 587");
        rendering.workloads().forEach(workload -> ways.add(workload.name() + " > namespace kube-system 53"));
        return ways;
    }

    private static int brokerPort(Rendering rendering) {
        String servers = rendering
                .get("ConfigMap", "drawdown")
                .at("/data/KAFKA_BOOTSTRAP_SERVERS")
                .asText();
        return Integer.parseInt(servers.substring(servers.lastIndexOf(':') + 1));
    }

    /** They are pods beside it, pods of another namespace, or addresses. */
    private static void toServers(Rendering rendering, String from, Set<String> ways, String server, int port) {
        Set<String> peers = rendering.find("NetworkPolicy", "to-" + server).stream()
                .flatMap(policy -> Rendering.each(policy.at("/spec/egress/0/to")))
                .map(Policies::outside)
                .filter(peer -> !peer.isEmpty())
                .collect(Collectors.toSet());
        boolean isBeside = rendering.workloads().stream()
                .anyMatch(workload -> workload.name().equals(server));
        Set<String> to = isBeside ? Set.of(server) : peers;
        if (to.isEmpty()) {
            ways.add(from + " > " + server + " " + port);
        }
        to.forEach(peer -> ways.add(from + " > " + peer + " " + port));
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
