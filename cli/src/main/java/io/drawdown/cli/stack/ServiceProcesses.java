package io.drawdown.cli.stack;

import io.drawdown.cli.process.ChildSpec;
import io.drawdown.cli.proxy.ReverseProxy;
import io.drawdown.cli.proxy.Upstream;
import io.drawdown.cli.tokens.KeyPairFolder;
import io.drawdown.contracts.Service;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The processes of the services of a stack, and what is in front of them. */
final class ServiceProcesses {

    private final Stack stack;
    private final Map<String, String> environment;
    private final ServiceSpec spec;

    ServiceProcesses(Stack stack, Map<String, String> environment, List<String> javaOptions, AotCaches caches) {
        this.stack = stack;
        this.environment = environment;
        this.spec = new ServiceSpec(stack.root(), environment, settingsOfAll(), javaOptions, caches);
    }

    /** A service is started when all that it calls are ready. */
    List<List<ChildSpec>> stages() {
        List<List<ChildSpec>> stages = new ArrayList<>();
        Set<Service> placed = EnumSet.noneOf(Service.class);
        while (placed.size() < Service.values().length) {
            List<Service> next = Arrays.stream(Service.values())
                    .filter(service -> !placed.contains(service) && placed.containsAll(service.calls()))
                    .toList();
            stages.add(next.stream().flatMap(this::of).toList());
            placed.addAll(next);
        }
        return stages;
    }

    private Stream<ChildSpec> of(Service service) {
        Map<String, String> settings = settings(service);
        List<String> names = stack.instances().of(service);
        return IntStream.rangeClosed(1, names.size())
                .mapToObj(instance -> spec.of(
                        new ServiceSpec.Place(service, names.get(instance - 1), instance, port(service, instance)),
                        settings));
    }

    private int port(Service service, int instance) {
        return stack.instances().port(stack.ports(), service, instance);
    }

    /** What a proxy has to serve; nothing if there is one of each service. */
    List<ReverseProxy.Site> sites() {
        return stack.instances().needProxy()
                ? Arrays.stream(Service.values()).map(this::site).toList()
                : List.of();
    }

    private ReverseProxy.Site site(Service service) {
        int port = stack.ports().of(service);
        List<Upstream> upstreams = of(service)
                .map(child -> new Upstream(child.name(), child.port(), StackPorts.management(child.port())))
                .toList();
        return new ReverseProxy.Site(port, StackPorts.management(port), upstreams);
    }

    private Map<String, String> settings(Service service) {
        Map<String, String> settings = new HashMap<>();
        for (Service called : service.calls()) {
            settings.put(ServiceSpec.urlVariable(called), stack.address(called));
            settings.put("DRAWDOWN_SERVICE_TOKEN_FILE", stack.tokenFile(service).toString());
        }
        if (service == Service.BILLING_BATCH) {
            settings.put(
                    "DRAWDOWN_BATCH_WORKER_SECRET_FILE",
                    stack.keysFolder().resolve(KeyPairFolder.WORKER_SECRET).toString());
            settings.putAll(stack.standIns().settings());
        }
        String prefix = environment.get("DRAWDOWN_DATABASE_PREFIX");
        if (prefix != null) {
            settings.put("DRAWDOWN_DATABASE", prefix + service.database());
        }
        return settings;
    }

    private Map<String, String> settingsOfAll() {
        return Map.of(
                "MONGODB_URI", stack.mongodbUri(),
                "KAFKA_BOOTSTRAP_SERVERS", stack.kafkaBootstrapServers(),
                "DRAWDOWN_KAFKA_PARTITIONS", Integer.toString(stack.partitions()),
                "DRAWDOWN_TOPIC_PREFIX", stack.topicPrefix(),
                "DRAWDOWN_JWT_PUBLIC_KEY",
                        stack.keysFolder().resolve("public.pem").toString());
    }
}
