package io.drawdown.cli.stack;

import io.drawdown.cli.process.ChildSpec;
import io.drawdown.cli.process.JavaCommand;
import io.drawdown.cli.process.Readiness;
import io.drawdown.cli.process.UserFacingException;
import io.drawdown.cli.proxy.ReverseProxy;
import io.drawdown.contracts.Service;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parts of the local stack: folders, ports, addresses and processes. It starts nothing itself.
 *
 * <p>Settings come from an environment: {@code DRAWDOWN_HOME} (default {@code .drawdown} in the root), {@code
 * DRAWDOWN_PORT_BASE} (default 8100); {@code MONGODB_URI} and {@code KAFKA_BOOTSTRAP_SERVERS} replace the embedded servers,
 * {@code DRAWDOWN_DATABASE_PREFIX} and {@code DRAWDOWN_TOPIC_PREFIX} keep stacks on the same servers apart.
 * {@code DRAWDOWN_INSTANCES} (1) processes run of each service.
 * {@code STRIPE_SECRET_KEY}, {@code SLACK_BOT_TOKEN} and {@code SMTP_HOST} each replace a stand-in.
 * {@code DRAWDOWN_JAVA_OPTIONS} replaces the options of all processes, which make them start quickly. The rest of the
 * environment is passed on to the services.
 */
public final class Stack {

    public static final String DATABASE = "database";
    public static final String BROKER = "broker";

    /** The process that stands for Stripe, Slack and a mail server. */
    public static final String STAND_INS = "stand-ins";

    private static final String DEFAULT_PARTITIONS = "8";

    /** For processes that run for hours with little work and whose start is waited for. */
    private static final String QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private static final Pattern KAFKA_ACCESS = Pattern.compile("KAFKA_(SECURITY|SASL|SSL)_[A-Z0-9_]+");

    private static final int MOST_PARTITIONS = 10_000;

    private final Path root;
    private final Path home;
    private final StackPorts ports;
    private final Map<String, String> environment;
    private final AotCaches caches;
    private final Instances instances;

    /**
     * A stack of the services built below a root.
     *
     * @param root the checkout
     * @param environment the settings, e.g. {@link System#getenv()} with some changes
     */
    public Stack(Path root, Map<String, String> environment) {
        this(root, environment, false);
    }

    private Stack(Path root, Map<String, String> environment, boolean makesCaches) {
        this.root = root.toAbsolutePath().normalize();
        this.environment = Map.copyOf(environment);
        this.home = this.root.resolve(environment.getOrDefault("DRAWDOWN_HOME", ".drawdown"));
        this.caches = new AotCaches(this.root.resolve("target/aot"), makesCaches);
        this.instances = Instances.parse(environment.getOrDefault(Instances.VARIABLE, "1"));
        this.ports = StackPorts.parse(
                environment.getOrDefault("DRAWDOWN_PORT_BASE", Integer.toString(StackPorts.DEFAULT_BASE)));
    }

    /** The stack of this process: its root is {@code DRAWDOWN_ROOT}, which the script sets, else the working directory. */
    public static Stack ofThisProcess() {
        return new Stack(Path.of(System.getenv().getOrDefault("DRAWDOWN_ROOT", "")), System.getenv());
    }

    /** The same stack. What its processes lack for a quick start is made when they end, which takes some seconds. */
    public Stack makingCaches() {
        return new Stack(root, environment, true);
    }

    /** The same stack with so many processes of each service. */
    public Stack with(Instances other) {
        Map<String, String> changed = new HashMap<>(environment);
        changed.put(Instances.VARIABLE, Integer.toString(other.number()));
        return new Stack(root, changed, false);
    }

    public Instances instances() {
        return instances;
    }

    /** Whether something is made when the processes end. */
    public boolean makesCaches() {
        return stages().stream().flatMap(List::stream).anyMatch(child -> JavaCommand.recordsClasses(child.command()));
    }

    /** The checkout. */
    public Path root() {
        return root;
    }

    /** Where data, logs, keys and the lock are. */
    public Path home() {
        return home;
    }

    public StackPorts ports() {
        return ports;
    }

    public Path dataFolder() {
        return home.resolve("data");
    }

    public Path logsFolder() {
        return home.resolve("logs");
    }

    public Path keysFolder() {
        return home.resolve("keys");
    }

    /** The token files of all services that call others, each with the name of its service. */
    public Map<Path, String> tokenFiles() {
        return Arrays.stream(Service.values())
                .filter(service -> !service.calls().isEmpty())
                .collect(Collectors.toMap(this::tokenFile, Service::serviceName));
    }

    /** The file of the token with which this service calls others. */
    Path tokenFile(Service service) {
        return keysFolder().resolve(service.serviceName() + ".token");
    }

    /** The address of a service's API, ending in a slash. */
    public URI api(Service service) {
        return URI.create(address(service) + "/api/v1/");
    }

    /** The address of the WebSocket of sessions. */
    public URI liveSessions() {
        return URI.create("ws://localhost:" + ports.of(Service.SESSION_SERVICE) + "/api/v1/live/sessions");
    }

    public String mongodbUri() {
        return environment.getOrDefault("MONGODB_URI", "mongodb://127.0.0.1:" + ports.database());
    }

    public String kafkaBootstrapServers() {
        return environment.getOrDefault("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + ports.broker());
    }

    /** The settings of a client of the broker, as the services have them: KAFKA_SECURITY_PROTOCOL is {@code security.protocol}. */
    public Map<String, Object> kafkaClient() {
        Map<String, Object> client = new HashMap<>();
        environment.forEach((name, value) -> {
            if (KAFKA_ACCESS.matcher(name).matches()) {
                client.put(
                        name.substring("KAFKA_".length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'),
                        value);
            }
        });
        client.put("bootstrap.servers", kafkaBootstrapServers());
        return client;
    }

    /** Those that stand for services outside. */
    public StandIns standIns() {
        return new StandIns(environment, ports, home);
    }

    /** The further ports of a process, by what they are for. */
    Map<String, Integer> portsBeside(ChildSpec child) {
        return switch (child.name()) {
            case BROKER -> Map.of("the broker's controller", ports.controller());
            case STAND_INS -> standIns().portsByName();
            default ->
                child.readiness() instanceof Readiness.Http http
                        ? Map.of(
                                "the management of " + child.name(),
                                http.address().getPort())
                        : Map.of();
        };
    }

    /** Whether the broker is an existing one, on which the stack creates the topics. */
    public boolean hasForeignBroker() {
        return environment.containsKey("KAFKA_BOOTSTRAP_SERVERS");
    }

    public String topicPrefix() {
        return environment.getOrDefault("DRAWDOWN_TOPIC_PREFIX", "");
    }

    public int partitions() {
        String partitions = environment.getOrDefault("DRAWDOWN_KAFKA_PARTITIONS", DEFAULT_PARTITIONS);
        try {
            int number = Integer.parseInt(partitions);
            if (number >= 1 && number <= MOST_PARTITIONS) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below, like a value out of bounds
        }
        throw new UserFacingException(
                "DRAWDOWN_KAFKA_PARTITIONS must lie between 1 and " + MOST_PARTITIONS + ", not '" + partitions + "'");
    }

    /** The processes in stages. A stage starts when all processes of the one before are ready. */
    public List<List<ChildSpec>> stages() {
        EmbeddedServers embedded = new EmbeddedServers(javaOptions(), caches);
        List<ChildSpec> servers = new ArrayList<>();
        if (!environment.containsKey("MONGODB_URI")) {
            servers.add(embedded.database(dataFolder().resolve("mongo"), ports));
        }
        if (!hasForeignBroker()) {
            servers.add(embedded.broker(dataFolder().resolve("kafka"), ports, partitions()));
        }
        if (!standIns().portsByName().isEmpty()) {
            servers.add(embedded.standIns(dataFolder(), standIns()));
        }
        List<List<ChildSpec>> stages = new ArrayList<>();
        if (!servers.isEmpty()) {
            stages.add(servers);
        }
        stages.addAll(services().stages());
        return stages;
    }

    /** What a proxy serves in front of the services; nothing if there is one instance of each. */
    public List<ReverseProxy.Site> proxySites() {
        return services().sites();
    }

    /** The host at which the services are served. */
    public String host() {
        return environment.getOrDefault("QUARKUS_HTTP_HOST", "127.0.0.1");
    }

    private ServiceProcesses services() {
        return new ServiceProcesses(this, environment, javaOptions(), caches);
    }

    /** The process of that service, or the first of several. */
    public ChildSpec child(Service service) {
        return child(instances.of(service).getFirst());
    }

    /** The process of that name. */
    public ChildSpec child(String name) {
        return stages().stream()
                .flatMap(List::stream)
                .filter(child -> child.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(name));
    }

    /** The runnable jar of a service. */
    Path jar(String service) {
        return ServiceSpec.jar(root, service);
    }

    private List<String> javaOptions() {
        String options = environment.getOrDefault("DRAWDOWN_JAVA_OPTIONS", QUICK_START);
        return Stream.of(options.split("\\s+"))
                .filter(option -> !option.isEmpty())
                .toList();
    }

    String address(Service service) {
        return "http://localhost:" + ports.of(service);
    }
}
