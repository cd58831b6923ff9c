package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import io.drawdown.cli.process.Child;
import io.drawdown.cli.process.ChildSpec;
import io.drawdown.cli.process.Console;
import io.drawdown.cli.proxy.ReverseProxy;
import io.drawdown.cli.stack.RollingRestart;
import io.drawdown.cli.stack.Stack;
import io.drawdown.cli.stack.StandIns;
import io.drawdown.cli.tokens.KeyPairFolder;
import io.drawdown.cli.tokens.Role;
import io.drawdown.cli.tokens.Tokens;
import io.drawdown.client.SessionRequest;
import io.drawdown.contracts.Service;
import io.drawdown.embedded.TestServers;
import io.drawdown.embedded.kafka.Topics;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Processes of the stack. The test can kill each of them and start it again. */
final class Suite implements AutoCloseable {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** The lock of tests that bound a time while they restart processes; two of them at once would disturb each other. */
    static final String BOTH_CORES = "both cores";

    /** The services that a live session needs. */
    private static final Service[] OF_SESSIONS = {
        Service.CREDITS_SERVICE, Service.SESSION_SERVICE, Service.CHECKPOINT_WORKER
    };

    private static final Duration READY = Duration.ofSeconds(90);
    private static final Duration SETTLED = Duration.ofSeconds(60);

    private final Stack stack;
    private final Tokens tokens;
    private final ScheduledExecutorService serviceToken;
    private final Console console;
    private final Optional<ReverseProxy> proxy;
    private final Map<String, Child> children = new LinkedHashMap<>();
    private final ComparedAnswers answers = new ComparedAnswers();

    private Suite(Stack stack) {
        this.stack = stack;
        this.tokens = new Tokens(new KeyPairFolder(stack.keysFolder()));
        this.serviceToken = tokens.keepServiceTokens(stack.tokenFiles(), System.out::println);
        this.console = new Console(stack.logsFolder(), System.out, true);
        this.proxy = ReverseProxy.inFrontOf(stack.host(), stack.proxySites());
    }

    /** Starts broker, database and the services of live sessions; logs and data lie below {@code home}. */
    static Suite start(Path home, Map<String, String> settings) {
        return start(home, settings, OF_SESSIONS);
    }

    /** Starts broker, database and these services; with {@code DRAWDOWN_INSTANCES} several of each, behind a proxy. */
    static Suite start(Path home, Map<String, String> settings, Service... services) {
        ClassCaches.make();
        Map<String, String> environment = new HashMap<>(System.getenv());
        StandIns.forget(environment);
        environment.putAll(settings);
        environment.putAll(foreignServers());
        environment.put("DRAWDOWN_HOME", home.toString());
        environment.put("DRAWDOWN_PORT_BASE", String.valueOf(FreePorts.freeBase()));
        Suite suite = new Suite(new Stack(ROOT, environment));
        try {
            if (suite.stack.hasForeignBroker()) {
                Topics.create(suite.stack.kafkaClient(), suite.stack.topicPrefix(), suite.stack.partitions());
            }
            Set<String> others = Arrays.stream(Service.values())
                    .filter(service -> !List.of(services).contains(service))
                    .flatMap(service -> suite.stack.instances().of(service).stream())
                    .collect(Collectors.toCollection(HashSet::new));
            if (!List.of(services).contains(Service.BILLING_BATCH)) {
                others.add(Stack.STAND_INS);
            }
            suite.stack
                    .stages()
                    .forEach(stage -> suite.startStage(stage.stream()
                            .filter(spec -> !others.contains(spec.name()))
                            .toList()));
        } catch (RuntimeException e) {
            suite.close();
            throw e;
        }
        return suite;
    }

    /** On existing servers the suite uses databases and topics of its own. */
    static Map<String, String> foreignServers() {
        Map<String, String> environment = new HashMap<>();
        String own = "e2e-" + UUID.randomUUID().toString().substring(0, 8);
        if (!TestServers.isMongoEmbedded()) {
            environment.put("MONGODB_URI", TestServers.mongoUri());
            environment.put("DRAWDOWN_DATABASE_PREFIX", own + "-");
        }
        if (!TestServers.isKafkaEmbedded()) {
            environment.put("KAFKA_BOOTSTRAP_SERVERS", TestServers.kafkaBootstrap());
            environment.put("DRAWDOWN_TOPIC_PREFIX", own + ".");
        }
        return environment;
    }

    private void startStage(List<ChildSpec> stage) {
        for (ChildSpec spec : stage) {
            Child child = new Child(spec, console.of(spec.name()));
            children.put(spec.name(), child);
            child.start();
        }
        stage.forEach(spec -> child(spec.name()).awaitReady(READY));
    }

    private Child child(String name) {
        return Objects.requireNonNull(children.get(name), name);
    }

    /** The processes of that service, or the one process of that name. */
    private List<Child> children(String name) {
        return Arrays.stream(Service.values())
                .filter(service -> service.serviceName().equals(name))
                .findAny()
                .map(service -> stack.instances().of(service))
                .orElse(List.of(name))
                .stream()
                .map(this::child)
                .toList();
    }

    /** The services that this suite started. */
    Service[] services() {
        return Arrays.stream(Service.values())
                .filter(service -> owns(service.serviceName()))
                .toArray(Service[]::new);
    }

    /** Whether this suite started the process; an existing server is never killed. */
    boolean owns(String name) {
        return children.keySet().stream().anyMatch(child -> child.equals(name) || child.matches(name + "-\\d"));
    }

    /** Whether several instances of each service are behind a proxy. */
    boolean hasProxy() {
        return proxy.isPresent();
    }

    void kill(String name) {
        children(name).forEach(Child::kill);
    }

    /** SIGTERM; returns when the process is gone. */
    void stop(String name) {
        children(name).forEach(Child::stop);
    }

    /** Replaces the instances of a service in turn. */
    void restartInTurn(Service service) {
        new RollingRestart(stack.instances(), proxy, instance -> {
                    child(instance).stop();
                    startAgain(instance);
                })
                .of(service, console::say);
    }

    /** STOP freezes the process, CONT lets it go on. */
    void signal(String name, String signal) throws IOException {
        Process kill = new ProcessBuilder(
                        "kill", "-" + signal, String.valueOf(child(name).pid()))
                .inheritIO()
                .start();
        try {
            if (kill.waitFor() != 0) {
                throw new IOException("kill -" + signal + " failed for " + name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isRunning(String name) {
        return children(name).stream().allMatch(Child::isRunning);
    }

    /** Returns when it serves again. */
    void startAgain(String name) {
        children(name).forEach(Child::start);
        children(name).forEach(child -> child.awaitReady(READY));
    }

    Api credits(Role role) {
        return credits(stack.api(Service.CREDITS_SERVICE), role);
    }

    /** A client of credits-service at another address. */
    Api credits(URI address, Role role) {
        return new Api(address, token(role, role.groupName()), answers.of("credits-service"));
    }

    Api sessions(Role role) {
        return new Api(
                stack.api(Service.SESSION_SERVICE), token(role, role.groupName()), answers.of("session-service"));
    }

    /** A client of one instance of session-service. */
    Api sessionsAt(String instance, Role role) {
        URI address = at(stack.api(Service.SESSION_SERVICE), instance);
        return new Api(address, token(role, role.groupName()), answers.of("session-service"));
    }

    /** Where one instance of session-service takes sockets. */
    URI liveSessionsAt(String instance) {
        return at(stack.liveSessions(), instance);
    }

    /** The same address at the port of that process. */
    private URI at(URI address, String process) {
        int port = stack.child(process).port();
        return URI.create(address.toString().replace(":" + address.getPort(), ":" + port));
    }

    Api tasks(Role role) {
        return tasks(stack.api(Service.TASK_SERVICE), role);
    }

    /** A client of task-service at another address. */
    Api tasks(URI address, Role role) {
        return new Api(address, token(role, role.groupName()), answers.of("task-service"));
    }

    /** A client of billing-batch at that address. */
    Api batch(URI address, Role role) {
        return new Api(address, token(role, role.groupName()), answers.of("billing-batch"));
    }

    Stack stack() {
        return stack;
    }

    String token(Role role, String subject) {
        return tokens.sign(role, subject, Duration.ofHours(1));
    }

    /** Asks again for as long as the answer says that it may be asked again: a new process is slow. */
    void open(String account, long purchased) {
        Awaitility.await("account " + account)
                .atMost(SETTLED)
                .pollDelay(Duration.ZERO)
                .until(() -> isOpened(account, purchased));
    }

    private boolean isOpened(String account, long purchased) {
        Api.Reply reply = credits(Role.GATEWAY)
                .put("accounts/" + account, "{\"grants\":[{\"kind\":\"purchased\",\"amount\":" + purchased + "}]}");
        if (reply.status() == 503) {
            return false;
        }
        reply.expect(200, 201);
        return true;
    }

    void topUp(String account, long purchased, String key) {
        credits(Role.GATEWAY)
                .post("accounts/" + account + "/grants", key, "{\"kind\":\"purchased\",\"amount\":" + purchased + "}")
                .expect(200, 201);
    }

    JsonNode balance(String account) {
        return credits(Role.GATEWAY).get("accounts/" + account + "/balance").expect(200);
    }

    Ledger ledger(String account) {
        return Ledger.read(credits(Role.GATEWAY), account);
    }

    /** All sessions of an account. */
    List<JsonNode> sessions(String account) {
        List<JsonNode> sessions = new ArrayList<>();
        sessions(Role.GATEWAY)
                .get("sessions?account=" + account + "&limit=100")
                .expect(200)
                .path("items")
                .forEach(sessions::add);
        return sessions;
    }

    /** Asks again where no instance answers: one of two may just stand still. */
    void awaitNothingHeld(String account) {
        Awaitility.await("nothing is held for " + account)
                .atMost(SETTLED)
                .ignoreExceptionsMatching(
                        fault -> fault instanceof Api.RefusedException refused && refused.status() == 503)
                .until(() -> balance(account).path("held").decimalValue().compareTo(BigDecimal.ZERO) == 0
                        && sessions(account).stream().allMatch(session -> List.of("ended", "refused")
                                .contains(session.path("state").asText())));
    }

    /** The verdict of the consistency check. */
    String check() {
        Api operator = credits(Role.OPERATOR);
        String id = operator.post("ledger/checks", null, "{}")
                .expect(202)
                .path("id")
                .asText();
        JsonNode[] report = new JsonNode[1];
        Awaitility.await("check " + id).atMost(SETTLED).until(() -> {
            report[0] = operator.get("ledger/checks/" + id).expect(200);
            return !report[0].path("status").asText().equals("running");
        });
        JsonNode found = report[0];
        return found.path("status").asText().equals("done")
                ? found.path("verdict").asText() + found.path("findings")
                : "not done, logs in " + stack.logsFolder() + ": " + found;
    }

    List<PersistentClient> clients(int count, IntFunction<SessionRequest> request) {
        String token = token(Role.GATEWAY, "gateway");
        return IntStream.range(0, count)
                .mapToObj(i -> new PersistentClient(stack.liveSessions(), token, request.apply(i)))
                .toList();
    }

    /** Runs all clients at once; returns when all are done or the time is up. */
    void runAll(List<PersistentClient> clients, int seconds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<Thread> threads = clients.stream()
                .map(client -> Thread.ofVirtual().start(() -> client.play(deadline)))
                .toList();
        threads.forEach(Suite::join);
    }

    void await(int seconds, BooleanSupplier condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(seconds))
                .pollInterval(Duration.ofMillis(50))
                .until(condition::getAsBoolean);
    }

    /** Lets the outage last. */
    void letPass(int seconds) {
        Awaitility.await()
                .pollDelay(Duration.ofSeconds(seconds))
                .atMost(Duration.ofSeconds(seconds + 5L))
                .until(() -> true);
    }

    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        new ArrayList<>(children.values()).reversed().forEach(Child::stop);
        proxy.ifPresent(ReverseProxy::close);
        serviceToken.shutdownNow();
        console.close();
        answers.check();
    }
}
