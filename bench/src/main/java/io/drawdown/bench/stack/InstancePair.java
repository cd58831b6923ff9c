package io.drawdown.bench.stack;

import io.drawdown.cli.process.Child;
import io.drawdown.cli.process.ChildSpec;
import io.drawdown.cli.process.Readiness;
import io.drawdown.cli.proxy.ReverseProxy;
import io.drawdown.cli.proxy.Upstream;
import io.drawdown.cli.stack.SecondInstance;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Two instances of one service, on one database and one broker, and the proxy in front of them. */
public final class InstancePair implements AutoCloseable {

    private static final int API_OFFSET = 75;
    private static final int MANAGEMENT_OFFSET = 175;
    private static final Duration READY = Duration.ofSeconds(90);

    private final int port;
    private final List<Child> instances;
    private final ReverseProxy proxy;

    InstancePair(String host, int portBase, List<ChildSpec> specs, Map<String, Child> children) {
        port = portBase + API_OFFSET;
        instances = specs.stream()
                .map(spec -> Objects.requireNonNull(children.get(spec.name()), spec.name()))
                .toList();
        List<Upstream> upstreams = specs.stream().map(InstancePair::upstream).toList();
        proxy = ReverseProxy.start(host, List.of(new ReverseProxy.Site(port, portBase + MANAGEMENT_OFFSET, upstreams)));
    }

    /** A second instance that calls the same instances of other services as the first. */
    static ChildSpec second(ChildSpec first) {
        ChildSpec second = SecondInstance.of(first);
        Map<String, String> environment = new HashMap<>(second.environment());
        first.environment().forEach((name, value) -> {
            if (name.startsWith("DRAWDOWN_") && name.endsWith("_URL")) {
                environment.put(name, value);
            }
        });
        return new ChildSpec(second.name(), second.port(), second.command(), environment, second.readiness());
    }

    private static Upstream upstream(ChildSpec spec) {
        int management = ((Readiness.Http) spec.readiness()).address().getPort();
        return new Upstream(spec.name(), spec.port(), management);
    }

    /** At which the proxy serves the API of both. */
    public int port() {
        return port;
    }

    /** Returns when the proxy gives requests to both. */
    public void awaitBoth() {
        instances.forEach(instance -> proxy.admit(instance.name(), READY));
    }

    /** Kills one (-9), the first or the second; returns when it is gone. */
    public void kill(int instance) {
        instances.get(instance).kill();
    }

    /** Starts it again; returns when the proxy gives it requests. */
    public void startAgain(int instance) {
        Child killed = instances.get(instance);
        killed.start();
        killed.awaitReady(READY);
        proxy.admit(killed.name(), READY);
    }

    @Override
    public void close() {
        proxy.close();
    }
}
