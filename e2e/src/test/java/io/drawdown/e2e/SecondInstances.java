package io.drawdown.e2e;

import io.drawdown.cli.client.Api;
import io.drawdown.cli.process.Child;
import io.drawdown.cli.process.ChildSpec;
import io.drawdown.cli.process.Console;
import io.drawdown.cli.stack.SecondInstance;
import io.drawdown.cli.tokens.Role;
import io.drawdown.contracts.Service;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A second instance of some services of a suite, on the same database and broker, with an instance name of its own. */
final class SecondInstances implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(90);

    private final Suite suite;
    private final Console console;
    private final List<Child> children = new ArrayList<>();

    private SecondInstances(Suite suite, Path logs) {
        this.suite = suite;
        this.console = new Console(logs, System.out, true);
    }

    /** Of all services of the suite. */
    static SecondInstances start(Suite suite) {
        return start(suite, suite.services());
    }

    static SecondInstances start(Suite suite, Service... services) {
        SecondInstances instances =
                new SecondInstances(suite, suite.stack().logsFolder().resolve("second"));
        Stream.of(services)
                .map(service -> suite.stack().child(service))
                .map(SecondInstance::of)
                .map(spec -> new Child(spec, instances.console.of(spec.name())))
                .forEach(instances.children::add);
        instances.children.forEach(Child::start);
        instances.children.forEach(child -> child.awaitReady(READY));
        return instances;
    }

    private Child child(Service service) {
        String name = SecondInstance.of(suite.stack().child(service)).name();
        return children.stream()
                .filter(child -> child.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    boolean isRunning(Service service) {
        return child(service).isRunning();
    }

    void kill(Service service) {
        child(service).kill();
    }

    /** Returns when it serves again. */
    void startAgain(Service service) {
        child(service).start();
        child(service).awaitReady(READY);
    }

    /** Clients of both instances of credits-service, the suite's own first. */
    List<Api> credits(Role role) {
        URI first = suite.stack().api(Service.CREDITS_SERVICE);
        return List.of(suite.credits(first, role), suite.credits(SecondInstance.addressOf(first), role));
    }

    /** A client of the second instance of task-service. */
    Api tasks(Role role) {
        return suite.tasks(SecondInstance.addressOf(suite.stack().api(Service.TASK_SERVICE)), role);
    }

    /** The WebSocket addresses of both instances. */
    List<URI> liveSessions() {
        URI first = suite.stack().liveSessions();
        return List.of(first, SecondInstance.addressOf(first));
    }

    /** The sum of a metric over both instances of a service. */
    double sum(Service service, String metric) {
        ChildSpec first = suite.stack().child(service);
        return Stream.of(first, SecondInstance.of(first))
                .mapToDouble(instance -> Management.metric(instance, metric))
                .sum();
    }

    @Override
    public void close() {
        children.parallelStream().forEach(Child::stop);
        console.close();
    }
}
