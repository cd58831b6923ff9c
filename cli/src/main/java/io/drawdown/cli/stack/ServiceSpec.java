package io.drawdown.cli.stack;

import io.drawdown.cli.process.ChildSpec;
import io.drawdown.cli.process.JavaCommand;
import io.drawdown.cli.process.Readiness;
import io.drawdown.contracts.Service;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a service is started from its build output.
 *
 * @param root the checkout
 * @param given the user's settings; they override the defaults of the local stack
 * @param shared the settings that are the same for all services
 * @param javaOptions for the virtual machine, beside those that it needs
 */
record ServiceSpec(
        Path root, Map<String, String> given, Map<String, String> shared, List<String> javaOptions, AotCaches caches) {

    private static final String QUARKUS_MAIN = "io.quarkus.bootstrap.runner.AotQuarkusEntryPoint";

    /** The packages that the manifest of the jar opens, which counts only when it is started as a jar. */
    private static final List<String> FLAGS = List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");

    /**
     * Short checkpoints show more in a short time; a page of {@code clients/browser} comes from a server of its own, other pages
     * may come from a file (their origin is {@code null}); with few cores for all processes, a step from one event loop to another costs more
     * than it gains.
     */
    private static final Map<String, String> LOCAL_DEFAULTS = Map.of(
            "DRAWDOWN_CHECKPOINT_INTERVAL", "5s",
            "DRAWDOWN_ALLOWED_ORIGINS", "null,http://localhost:8090",
            "QUARKUS_VERTX_EVENT_LOOPS_POOL_SIZE", "1",
            "QUARKUS_HTTP_HOST", "127.0.0.1",
            "QUARKUS_MANAGEMENT_HOST", "127.0.0.1");

    /**
     * One of its processes.
     *
     * @param name of the process
     * @param instance its number, from one
     */
    record Place(Service service, String name, int instance, int port) {}

    ChildSpec of(Place place, Map<String, String> more) {
        String service = place.service().serviceName();
        int port = place.port();
        Map<String, String> environment = new HashMap<>(LOCAL_DEFAULTS);
        environment.put("DRAWDOWN_INSTANCE", service + "-1");
        environment.putAll(given);
        environment.putAll(shared);
        environment.putAll(more);
        if (!place.name().equals(service)) {
            environment.put("DRAWDOWN_INSTANCE", place.name());
        }
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(StackPorts.management(port)));
        String jar = jar(root, service).toString();
        List<String> heap = List.of(Heaps.of(service));
        List<String> cache = (place.instance() == 1 ? caches : caches.asMade()).options(service, jar);
        List<String> flags =
                Stream.of(FLAGS, heap, javaOptions, cache).flatMap(List::stream).toList();
        return new ChildSpec(
                place.name(),
                port,
                JavaCommand.leashed(jar, flags, QUARKUS_MAIN, List.of()),
                environment,
                new Readiness.Http(URI.create("http://127.0.0.1:" + StackPorts.management(port) + "/q/health/ready")));
    }

    /** The variable that tells another service where this one answers. */
    static String urlVariable(Service service) {
        return "DRAWDOWN_" + service.database().toUpperCase(Locale.ROOT) + "_URL";
    }

    static Path jar(Path root, String name) {
        return root.resolve(name).resolve("target/quarkus-app/quarkus-run.jar");
    }
}
