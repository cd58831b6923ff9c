package io.drawdown.bench.stack;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.drawdown.cli.process.Child;
import io.drawdown.cli.process.ChildSpec;
import io.drawdown.cli.process.Console;
import io.drawdown.cli.stack.Heaps;
import io.drawdown.cli.stack.Stack;
import io.drawdown.cli.stack.StandIns;
import io.drawdown.cli.tokens.KeyPairFolder;
import io.drawdown.cli.tokens.Role;
import io.drawdown.cli.tokens.Tokens;
import io.drawdown.contracts.Service;
import io.drawdown.embedded.kafka.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A fresh stack for one run: processes, ports, folder and data of its own, beside a stack that may be running. Whatever it
 * started ends with it, and with this process.
 */
public final class BenchStack implements AutoCloseable {

    /** Checkpoints as in production; the local stack has shorter ones, so that a demo shows more. */
    private static final String CHECKPOINT_INTERVAL = "30s";

    /** The full compiler, as in production; the local stack does without, so that it starts sooner. */
    private static final String JAVA_OPTIONS = "-XX:+UseParallelGC";

    /** More room than for as many tasks at once as the bench runs, so that the bytes of their payloads are the bound. */
    private static final Map<String, String> TASKS = Map.of(
            "DRAWDOWN_TASK_SLOTS", "6000",
            "DRAWDOWN_TASK_TYPES_SLEEP_CONCURRENCY", "6000",
            "DRAWDOWN_TASK_TYPES_ECHO_CONCURRENCY", "256");

    /** For the 10,000 sessions of one instance; what a local stack gives is for a demo. */
    private static final String HEAP_OF_SESSIONS = "-Xmx768m";

    private static final Executor WAITING = task -> Thread.ofVirtual().start(task);
    private static final Duration READY = Duration.ofSeconds(90);
    private static final int PORT_BASE = 18_100;

    private final Stack stack;
    private final Servers servers;
    private final Tokens tokens;
    private final Console console;
    private final ScheduledExecutorService serviceTokens;
    private final Map<String, Child> children = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, Duration> startUps = new LinkedHashMap<>();
    private boolean isClosed;

    private BenchStack(Stack stack, Servers servers) {
        this.stack = stack;
        this.servers = servers;
        tokens = new Tokens(new KeyPairFolder(stack.keysFolder()));
        console = new Console(stack.logsFolder(), System.err, true);
        serviceTokens = tokens.keepServiceTokens(stack.tokenFiles(), System.err::println);
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "bench-stack-end"));
    }

    /** Starts the servers and these services. */
    public static BenchStack start(Path root, Path home, Servers servers, Set<Service> services) {
        delete(home);
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.keySet().removeAll(List.of("MONGODB_URI", "KAFKA_BOOTSTRAP_SERVERS", "DRAWDOWN_INSTANCES"));
        StandIns.forget(environment);
        environment.putAll(servers.settings());
        environment.putIfAbsent("DRAWDOWN_CHECKPOINT_INTERVAL", CHECKPOINT_INTERVAL);
        environment.putIfAbsent("DRAWDOWN_JAVA_OPTIONS", JAVA_OPTIONS);
        environment.putAll(TASKS);
        environment.put("DRAWDOWN_HOME", home.toString());
        environment.put("DRAWDOWN_PORT_BASE", Integer.toString(PORT_BASE));
        BenchStack started = new BenchStack(new Stack(root, environment), servers);
        try {
            started.prepare();
            Set<String> unwanted = Stream.of(Service.values())
                    .filter(service -> !services.contains(service))
                    .map(Service::serviceName)
                    .collect(Collectors.toCollection(HashSet::new));
            if (!services.contains(Service.BILLING_BATCH)) {
                unwanted.add(Stack.STAND_INS);
            }
            started.stack
                    .stages()
                    .forEach(stage -> started.start(stage.stream()
                            .filter(child -> !unwanted.contains(child.name()))
                            .map(BenchStack::withHeap)
                            .toList()));
            return started;
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    /** Servers that were there before may hold what an earlier run left. */
    private void prepare() {
        if (stack.hasForeignBroker()) {
            Topics.create(stack.kafkaClient(), stack.topicPrefix(), stack.partitions());
        }
        if (servers.mongo() != null) {
            try (MongoClient client = MongoClients.create(servers.mongo())) {
                Stream.of(Service.values()).forEach(service -> client.getDatabase(database(service))
                        .drop());
            }
        }
    }

    private static ChildSpec withHeap(ChildSpec spec) {
        String service = Service.SESSION_SERVICE.serviceName();
        if (!spec.name().equals(service)) {
            return spec;
        }
        List<String> command = spec.command().stream()
                .map(word -> word.equals(Heaps.of(service)) ? HEAP_OF_SESSIONS : word)
                .toList();
        return new ChildSpec(spec.name(), spec.port(), command, spec.environment(), spec.readiness());
    }

    /** Starts a second instance of a service and a proxy in front of both; with the pair only the proxy ends. */
    public InstancePair pair(Service service) {
        ChildSpec first = withHeap(stack.child(service));
        ChildSpec second = InstancePair.second(first);
        start(List.of(second));
        return new InstancePair(stack.host(), PORT_BASE, List.of(first, second), children);
    }

    private void start(List<ChildSpec> stage) {
        long begun = System.nanoTime();
        for (ChildSpec spec : stage) {
            Child child = new Child(spec, console.of(spec.name()));
            children.put(spec.name(), child);
            child.start();
        }
        Map<String, CompletableFuture<Duration>> ready = new LinkedHashMap<>();
        for (ChildSpec spec : stage) {
            Child child = child(spec.name());
            ready.put(
                    spec.name(),
                    CompletableFuture.runAsync(() -> child.awaitReady(READY), WAITING)
                            .thenApply(nothing -> Duration.ofNanos(System.nanoTime() - begun)));
        }
        ready.forEach((name, took) -> startUps.put(name, took.join()));
    }

    private Child child(String name) {
        return Objects.requireNonNull(children.get(name), name);
    }

    /** How long each process took from its start until it served, in the order of their starts. */
    public Map<String, Duration> startUps() {
        return Collections.unmodifiableMap(startUps);
    }

    /** What a process that this stack started has used so far. */
    public ProcessUsage usage(Service service) {
        return ProcessUsage.of(child(service.serviceName()).pid());
    }

    /** The size of the live objects in the heap of a service, in bytes. Forces a full garbage collection, which stops the service meanwhile. */
    public long liveHeapBytes(Service service) {
        return new JavaProcess(child(service.serviceName()).pid()).liveHeapBytes();
    }

    /** How large the heap of a service may become, in bytes. */
    public long maxHeapBytes(Service service) {
        return new JavaProcess(child(service.serviceName()).pid()).maxHeapBytes();
    }

    /** What bounds it, by name. */
    public Map<String, String> limits(Service service) {
        return new JavaProcess(child(service.serviceName()).pid()).limits();
    }

    /** What every process has used so far. */
    public Map<String, ProcessUsage> usages() {
        Map<String, ProcessUsage> usages = new LinkedHashMap<>();
        children.forEach((name, child) -> usages.put(name, ProcessUsage.of(child.pid())));
        return usages;
    }

    /** Kills its process (-9); returns when it is gone. */
    public void kill(Service service) {
        child(service.serviceName()).kill();
    }

    /** Starts its process again, after a kill; returns when it serves. */
    public void startAgain(Service service) {
        child(service.serviceName()).start();
        child(service.serviceName()).awaitReady(READY);
    }

    public String token(Role role, String subject) {
        return tokens.sign(role, subject, Duration.ofHours(2));
    }

    public URI api(Service service) {
        return stack.api(service);
    }

    public URI liveSessions() {
        return stack.liveSessions();
    }

    /** Where the processes of this stack write what they say. */
    public Path logsFolder() {
        return stack.logsFolder();
    }

    /** The checkout. */
    public Path root() {
        return stack.root();
    }

    public String mongodbUri() {
        return stack.mongodbUri();
    }

    public String database(Service service) {
        return servers.databasePrefix() + service.database();
    }

    public String kafkaBootstrapServers() {
        return stack.kafkaBootstrapServers();
    }

    public String topicPrefix() {
        return stack.topicPrefix();
    }

    public int partitions() {
        return stack.partitions();
    }

    /** Ends all processes and deletes the keys and tokens; data and logs stay until the next run. */
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        children.values().stream().toList().reversed().forEach(Child::close);
        serviceTokens.shutdownNow();
        console.close();
        delete(stack.keysFolder());
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The data of the last bench cannot be deleted", e);
        }
    }
}
