package io.drawdown.deploy.kubernetes.check;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Each variable is one that the service reads, and none that it needs is missing. */
public final class Environment implements Check {

    /** What the virtual machine reads, and what Quarkus makes of {@code KAFKA_…} and {@code Broker} passes to its clients. */
    private static final Pattern OTHERS =
            Pattern.compile("JAVA_TOOL_OPTIONS|QUARKUS_HTTP_PORT|QUARKUS_MANAGEMENT_PORT|KAFKA_(SECURITY_PROTOCOL"
                    + "|SASL_MECHANISM|SASL_JAAS_CONFIG|SSL_TRUSTSTORE_(TYPE|LOCATION))");

    @Override
    public List<String> findings(Rendering rendering) {
        return rendering.workloads().stream()
                .flatMap(workload -> workload.service().stream()
                        .flatMap(service -> of(workload, workload.variables(rendering), ServiceFacts.of(service))))
                .toList();
    }

    private static Stream<String> of(Workload workload, Map<String, String> variables, ServiceFacts facts) {
        Stream<String> unknown = variables.keySet().stream()
                .filter(name -> !facts.reads(name) && !OTHERS.matcher(name).matches())
                .map(name -> workload.id() + " sets " + name + ", which it does not read");
        Set<String> needed = facts.mustBeSet();
        Stream<String> missing = needed.stream()
                .filter(name -> !variables.containsKey(name))
                .map(name -> workload.id() + " does not set " + name);
        return Stream.concat(unknown, missing).sorted();
    }
}
