package io.drawdown.e2e;

import io.drawdown.cli.client.Api;
import io.drawdown.cli.process.Child;
import io.drawdown.cli.process.ChildSpec;
import io.drawdown.cli.process.Console;
import io.drawdown.cli.process.Readiness;
import io.drawdown.cli.stack.SecondInstance;
import io.drawdown.cli.tokens.Role;
import io.drawdown.contracts.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
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
    private final HttpClient http = HttpClient.newHttpClient();

    private SecondInstances(Suite suite, Path logs) {
        this.suite = suite;
        this.console = new Console(logs, System.out, true);
    }

    /** Of all services. */
    static SecondInstances start(Suite suite) {
        return start(suite, Service.values());
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

    private static URI health(ChildSpec spec) {
        return ((Readiness.Http) spec.readiness()).address();
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

    /** The sum of a counter over both instances of credits-service. */
    double counted(String metric) {
        URI first = health(suite.stack().child(Service.CREDITS_SERVICE));
        return Stream.of(first, SecondInstance.addressOf(first))
                .flatMap(instance -> metrics(instance.resolve("/q/metrics")).lines())
                .filter(line -> line.startsWith(metric + " ") || line.startsWith(metric + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private String metrics(URI address) {
        try {
            return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        children.parallelStream().forEach(Child::stop);
        console.close();
    }
}
