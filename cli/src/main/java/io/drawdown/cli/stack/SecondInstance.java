package io.drawdown.cli.stack;

import io.drawdown.cli.process.ChildSpec;
import io.drawdown.cli.process.Readiness;
import io.drawdown.contracts.Service;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A second instance of a service beside that of the stack: on the same database and broker, under a name of its own, on ports
 * further up.
 */
public final class SecondInstance {

    private static final List<String> PORTS = List.of("QUARKUS_HTTP_PORT", "QUARKUS_MANAGEMENT_PORT");
    private static final int FURTHER = 40;

    private SecondInstance() {}

    /** How it is started, given how the first one is. It calls the second instances of other services. */
    public static ChildSpec of(ChildSpec first) {
        Map<String, String> environment = new HashMap<>(first.environment());
        PORTS.forEach(port -> environment.computeIfPresent(
                port, (name, value) -> Integer.toString(Integer.parseInt(value) + FURTHER)));
        environment.put("DRAWDOWN_INSTANCE", first.name() + "-beside");
        for (Service service : Service.values()) {
            environment.computeIfPresent(ServiceSpec.urlVariable(service), (name, url) -> addressOf(URI.create(url))
                    .toString());
        }
        URI health = ((Readiness.Http) first.readiness()).address();
        return new ChildSpec(
                first.name() + "-2",
                first.port() + FURTHER,
                first.command(),
                environment,
                new Readiness.Http(addressOf(health)));
    }

    /** The address of the second instance, given that of the first. */
    public static URI addressOf(URI first) {
        return URI.create(first.toString().replace(":" + first.getPort(), ":" + (first.getPort() + FURTHER)));
    }
}
