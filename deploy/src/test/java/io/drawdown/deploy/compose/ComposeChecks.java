package io.drawdown.deploy.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.drawdown.contracts.Service;
import io.drawdown.contracts.Topic;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Each check tells what does not fit, in words that name it; nothing if all fits. */
final class ComposeChecks {

    private static final int API_BASE = 8_100;
    private static final int MANAGEMENT = 100;

    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Z0-9_]*)`");
    private static final Pattern FALLBACK = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)");
    private static final Pattern PINNED = Pattern.compile("[a-z0-9/-]+:v?\\d+\\.\\d+\\.\\d+");
    private static final Pattern SECRET = Pattern.compile(".*(PASSWORD|SECRET|TOKEN|KEY|CLUSTER_ID)");
    private static final Pattern MONGO_USERS = Pattern.compile("databases = \\[([^]]*)]");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ComposeFile file;
    private final List<String> found = new ArrayList<>();

    ComposeChecks(ComposeFile file) {
        this.file = file;
    }

    /** What the schema of the Compose Specification says. */
    List<String> schema() {
        try (InputStream schema =
                Objects.requireNonNull(ComposeChecks.class.getResourceAsStream("/compose-spec/compose-spec.json"))) {
            JsonNode rules = JSON.readTree(schema);
            withoutIds(rules);
            return JsonSchemaFactory.getInstance(VersionFlag.V201909).getSchema(rules).validate(file.tree()).stream()
                    .map(ValidationMessage::getMessage)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its ids are written as an earlier draft had them, which this one refuses; nothing refers to them. */
    private static void withoutIds(JsonNode rules) {
        if (rules instanceof ObjectNode object && object.path("id").isTextual()) {
            object.remove("id");
        }
        rules.forEach(ComposeChecks::withoutIds);
    }

    /** What the schema does not see: names of other parts of the file. */
    List<String> references() {
        JsonNode tree = file.tree();
        file.containers().forEach((name, container) -> {
            container.path("depends_on").properties().forEach(need -> {
                JsonNode other = tree.path("services").path(need.getKey());
                if (other.isMissingNode()) {
                    found.add(name + " needs " + need.getKey() + ", which is no service");
                } else if (need.getValue().path("condition").asText().equals("service_healthy")
                        && !other.has("healthcheck")) {
                    found.add(name + " waits for " + need.getKey() + ", which has no health check");
                }
            });
            container.path("networks").forEach(network -> declared(name, "networks", network.asText()));
            container.path("secrets").forEach(secret -> declared(name, "secrets", secret.asText()));
            container.path("volumes").forEach(volume -> {
                String source = volume.asText().split(":", 2)[0];
                if (source.matches("[a-z0-9-]+")) {
                    declared(name, "volumes", source);
                }
            });
        });
        return found;
    }

    private void declared(String container, String kind, String name) {
        if (!file.tree().path(kind).has(name)) {
            found.add(container + " uses " + name + ", which is not among the " + kind);
        }
    }

    /** Each container has a limit of memory, an image of one version, and a policy of restarts. */
    List<String> containers() {
        file.containers().forEach((name, container) -> {
            String image = file.withExample(container.path("image").asText());
            if (!PINNED.matcher(image).matches()) {
                found.add(name + " has an image without a version: " + image);
            }
            for (String key : List.of("mem_limit", "restart")) {
                if (!container.has(key)) {
                    found.add(name + " has no " + key);
                }
            }
        });
        for (Service service : Service.values()) {
            if (!file.of(service).path("image").asText().startsWith("drawdown/" + service.serviceName() + ":")) {
                found.add(service.serviceName() + " has another image");
            }
            if (!file.of(service).path("read_only").asBoolean()) {
                found.add(service.serviceName() + " may write into its image");
            }
        }
        String broker = file.tree().at("/services/kafka/image").asText();
        if (!file.text("pom.xml").contains("<kafka.version>" + broker.replaceFirst(".*:", "") + "</kafka.version>")) {
            found.add(broker + " is not of the version of the clients");
        }
        return found;
    }

    /** Every variable of a service is one that it reads. */
    List<String> variables() {
        for (Service service : Service.values()) {
            Set<String> known = known(service);
            file.environment(service).keySet().stream()
                    .filter(variable -> !known.contains(variable))
                    .forEach(variable -> found.add(service.serviceName() + " does not read " + variable));
        }
        return found;
    }

    /** What docs/configuration.md lists for it and for all services, and what its application.properties takes. */
    private Set<String> known(Service service) {
        String page = file.text("docs/configuration.md");
        String own = page.substring(page.indexOf("\n## " + service.serviceName() + "\n") + 1);
        String general = page.substring(0, page.indexOf("\n## " + Service.CREDITS_SERVICE.serviceName() + "\n"));
        String properties = file.text(service.serviceName() + "/src/main/resources/application.properties");
        return Stream.of(
                        NAME.matcher(general).results(),
                        NAME.matcher(own.substring(0, own.indexOf("\n## "))).results(),
                        FALLBACK.matcher(properties).results())
                .flatMap(names -> names.map(name -> name.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What a service must be given: its own address of each service that it calls, a token, a name that lasts. */
    List<String> calls() {
        for (Service service : Service.values()) {
            Map<String, String> environment = file.environment(service);
            for (Service called : service.calls()) {
                String variable = "DRAWDOWN_" + called.database().toUpperCase(Locale.ROOT) + "_URL";
                String address = "http://" + called.serviceName() + ":" + (API_BASE + called.portOffset());
                if (!address.equals(environment.get(variable))) {
                    found.add(service.serviceName() + " finds " + called.serviceName() + " at "
                            + environment.get(variable));
                }
                String token = "/run/tokens/" + service.serviceName() + ".token";
                if (!token.equals(environment.get("DRAWDOWN_SERVICE_TOKEN_FILE"))) {
                    found.add(service.serviceName() + " has no token of its own");
                }
            }
        }
        return found;
    }

    /** {@code .env.example} names what the file takes, all of it and nothing else, and no secret has a value. */
    List<String> example() {
        Map<String, String> example = file.example();
        Set<String> taken = file.interpolated();
        taken.stream()
                .filter(name -> !example.containsKey(name))
                .forEach(name -> found.add(".env.example lacks " + name));
        example.keySet().stream()
                .filter(name -> !taken.contains(name))
                .forEach(name -> found.add("nothing takes " + name + " of .env.example"));
        example.forEach((name, value) -> {
            if (SECRET.matcher(name).matches() && !value.isEmpty() && !value.startsWith("./")) {
                found.add(".env.example has a value for the secret " + name);
            }
        });
        if (file.text(".gitignore").lines().noneMatch(".env"::equals)) {
            found.add("Git does not ignore .env");
        }
        return found;
    }

    /** The API's port is published, the management port is asked for health and scraped. */
    List<String> ports() {
        JsonNode scraped = file.yaml("deploy/compose/prometheus.yml").path("scrape_configs");
        for (Service service : Service.values()) {
            int port = API_BASE + service.portOffset();
            String name = service.serviceName();
            List<String> published = file.of(service)
                    .path("ports")
                    .valueStream()
                    .map(JsonNode::asText)
                    .toList();
            if (!published.equals(List.of("127.0.0.1:" + port + ":" + port))) {
                found.add(name + " publishes " + published);
            }
            String probe = file.of(service).at("/healthcheck/test").toString();
            if (!probe.contains("/dev/tcp/127.0.0.1/" + (port + MANAGEMENT) + " ")
                    || !probe.contains("/q/health/ready")) {
                found.add(name + " is not asked for its health: " + probe);
            }
            String target = name + ":" + (port + MANAGEMENT);
            if (scraped.valueStream()
                    .noneMatch(job -> job.path("job_name").asText().equals(name)
                            && job.path("metrics_path").asText().equals("/q/metrics")
                            && job.at("/static_configs/0/targets/0").asText().equals(target))) {
                found.add("Prometheus does not scrape " + target + " as " + name);
            }
        }
        return found;
    }

    /** Spans go to where the collector listens. */
    List<String> spans() {
        String listens = file.yaml("deploy/compose/otel-collector.yml")
                .at("/receivers/otlp/protocols/http/endpoint")
                .asText()
                .replace("0.0.0.0", "http://otel-collector");
        for (Service service : Service.values()) {
            String sent = file.environment(service).get("OTEL_EXPORTER_OTLP_ENDPOINT");
            if (!listens.equals(sent)) {
                found.add(service.serviceName() + " sends its spans to " + sent + ", not to " + listens);
            }
        }
        return found;
    }

    /** The topics that are made are those of the code, with their retention. */
    List<String> topics() {
        Set<String> made = file.text("deploy/base/topics.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> needed = Topic.all().stream()
                .map(topic -> topic.topicName() + " " + topic.retention().toMillis())
                .collect(Collectors.toCollection(TreeSet::new));
        needed.stream().filter(topic -> !made.contains(topic)).forEach(topic -> found.add("not made: " + topic));
        made.stream().filter(topic -> !needed.contains(topic)).forEach(topic -> found.add("nobody's: " + topic));
        return found;
    }

    /** Each service has a user, who is the one of its database. */
    List<String> databases() {
        String users = MONGO_USERS
                .matcher(file.text("deploy/compose/mongo-init.js"))
                .results()
                .map(match -> match.group(1).replaceAll("[\" ]", ""))
                .collect(Collectors.joining());
        Set<String> needed =
                Arrays.stream(Service.values()).map(Service::database).collect(Collectors.toCollection(TreeSet::new));
        if (!new TreeSet<>(List.of(users.split(","))).equals(needed)) {
            found.add("users are made for " + users + ", not for " + needed);
        }
        JsonNode init = file.tree().at("/services/mongo-init/environment");
        for (Service service : Service.values()) {
            String name = service.database();
            String password = "${MONGODB_" + name.toUpperCase(Locale.ROOT) + "_PASSWORD:?see .env.example}";
            String address = "mongodb://" + name + ":" + password
                    + "@mongo-1:27017,mongo-2:27017,mongo-3:27017/?replicaSet=drawdown&authSource=" + name;
            if (!address.equals(file.environment(service).get("MONGODB_URI"))) {
                found.add(service.serviceName() + " has another database: "
                        + file.environment(service).get("MONGODB_URI"));
            }
            if (!init.path(name.toUpperCase(Locale.ROOT) + "_PASSWORD").asText().equals(password)) {
                found.add("mongo-init has no password for " + name);
            }
        }
        return found;
    }

    /** What is mounted is in the repository; what .env names is the user's own. */
    List<String> mounts() {
        file.mountedFiles().stream()
                .filter(path -> !path.startsWith(".drawdown/"))
                .filter(path -> !Files.exists(ComposeFile.ROOT.resolve(path)))
                .forEach(path -> found.add("mounted, but not there: " + path));
        return found;
    }
}
