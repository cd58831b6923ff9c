package io.drawdown.cli.stack;

import io.drawdown.cli.process.ChildSpec;
import io.drawdown.cli.process.Readiness;
import io.drawdown.cli.process.UserFacingException;
import io.drawdown.cli.proxy.ReverseProxy;
import io.drawdown.cli.proxy.Upstream;
import io.drawdown.cli.tokens.KeyPairFolder;
import io.drawdown.contracts.Service;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StackTest {

    private static final Path ROOT = Path.of("/checkout");

    /** Nothing is embedded. */
    static final Map<String, String> FOREIGN = Map.of(
            "MONGODB_URI",
            "mongodb://db:27017",
            "KAFKA_BOOTSTRAP_SERVERS",
            "kafka:9092",
            "STRIPE_SECRET_KEY",
            "rk_live_0123456789",
            "SLACK_BOT_TOKEN",
            "xoxb-real",
            "SMTP_HOST",
            "mail.example.com");

    @Test
    void defaultPortsAreTheDocumentedOnes() {
        // Given
        Stack stack = new Stack(ROOT, Map.of());

        // When
        List<Integer> ports = stack.stages().stream()
                .flatMap(List::stream)
                .map(ChildSpec::port)
                .toList();

        // Then
        assertThat(ports).containsExactlyInAnyOrder(27_117, 19_092, 8_161, 8_101, 8_102, 8_103, 8_104, 8_105);
    }

    @Test
    void everyPortDerivesFromTheBase() {
        // Given
        Stack stack = new Stack(ROOT, Map.of("DRAWDOWN_PORT_BASE", "20100"));

        // When
        ChildSpec sessions = stack.child(Service.SESSION_SERVICE);

        // Then
        assertThat(stack.stages().stream().flatMap(List::stream).map(ChildSpec::port))
                .allMatch(port -> port > 20_100 && port < 20_200);
        assertThat(sessions.readiness())
                .isEqualTo(new Readiness.Http(URI.create("http://127.0.0.1:20202/q/health/ready")));
        assertThat(sessions.environment())
                .containsEntry("QUARKUS_HTTP_PORT", "20102")
                .containsEntry("QUARKUS_MANAGEMENT_PORT", "20202")
                .containsEntry("DRAWDOWN_CREDITS_URL", "http://localhost:20101")
                .containsEntry("MONGODB_URI", "mongodb://127.0.0.1:20117")
                .containsEntry("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:20192")
                .containsEntry("DRAWDOWN_SERVICE_TOKEN_FILE", "/checkout/.drawdown/keys/session-service.token");
    }

    @Test
    void severalInstancesHavePortsAndNamesOfTheirOwnBehindTheProxy() {
        // Given
        Stack stack = new Stack(ROOT, Map.of("DRAWDOWN_INSTANCE", "mine", "DRAWDOWN_INSTANCES", "2"));

        // When
        List<ChildSpec> sessions = stack.stages().stream()
                .flatMap(List::stream)
                .filter(child -> child.name().startsWith("session-service"))
                .toList();

        // Then
        assertThat(sessions).extracting(ChildSpec::name).containsExactly("session-service-1", "session-service-2");
        assertThat(sessions)
                .extracting(child -> child.environment().get("DRAWDOWN_INSTANCE"))
                .containsExactly("session-service-1", "session-service-2");
        assertThat(sessions)
                .extracting(child -> child.environment().get("QUARKUS_HTTP_PORT"))
                .containsExactly("8122", "8132");
        assertThat(sessions)
                .extracting(child -> child.environment().get("DRAWDOWN_CREDITS_URL"))
                .containsOnly("http://localhost:8101");
        assertThat(stack.proxySites())
                .contains(new ReverseProxy.Site(
                        8_102,
                        8_202,
                        List.of(
                                new Upstream("session-service-1", 8_122, 8_222),
                                new Upstream("session-service-2", 8_132, 8_232))));
        assertThat(stack.child(Service.SESSION_SERVICE)).isEqualTo(sessions.getFirst());
    }

    @Test
    void noTwoProcessesShareAPort() {
        // Given
        Stack stack = new Stack(ROOT, Map.of("DRAWDOWN_PORT_BASE", "20000", "DRAWDOWN_INSTANCES", "3"));

        // When
        List<Integer> ports = new ArrayList<>();
        stack.stages().stream().flatMap(List::stream).forEach(child -> {
            ports.add(child.port());
            ports.addAll(stack.portsBeside(child).values());
        });
        stack.proxySites().forEach(site -> ports.addAll(List.of(site.port(), site.management())));

        // Then: the stand-in named first has its port among those beside it
        ports.remove(Integer.valueOf(stack.ports().stripe()));
        assertThat(ports).doesNotHaveDuplicates().hasSize(2 * 15 + 2 * 5 + 6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "4", "two"})
    void aWrongNumberOfInstancesIsRefused(String number) {
        // Given
        Map<String, String> environment = Map.of("DRAWDOWN_INSTANCES", number);

        // Then
        assertThatThrownBy(() -> new Stack(ROOT, environment))
                .isInstanceOf(UserFacingException.class)
                .hasMessageContaining(number);
    }

    @Test
    void namedServersReplaceTheEmbeddedOnes() {
        // Given
        Stack stack = new Stack(ROOT, FOREIGN);

        // When
        List<String> names = stack.stages().stream()
                .flatMap(List::stream)
                .map(ChildSpec::name)
                .toList();

        // Then
        assertThat(names)
                .containsExactly(Stream.of(
                                Service.CREDITS_SERVICE,
                                Service.CHECKPOINT_WORKER,
                                Service.TASK_SERVICE,
                                Service.SESSION_SERVICE,
                                Service.BILLING_BATCH)
                        .map(Service::serviceName)
                        .toArray(String[]::new));
        assertThat(stack.child(Service.CREDITS_SERVICE).environment())
                .containsEntry("MONGODB_URI", "mongodb://db:27017")
                .containsEntry("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092");
        assertThat(stack.child(Service.BILLING_BATCH).environment())
                .containsEntry("STRIPE_SECRET_KEY", "rk_live_0123456789")
                .containsEntry("SLACK_BOT_TOKEN", "xoxb-real")
                .containsEntry("SMTP_HOST", "mail.example.com")
                .doesNotContainKeys("STRIPE_API_BASE", "SLACK_API_BASE", "SMTP_PORT", "SMTP_START_TLS");
    }

    @Test
    void accessToTheBrokerIsThatOfTheServices() {
        // Given
        Stack stack = new Stack(
                ROOT,
                Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS",
                        "kafka:9093",
                        "KAFKA_SECURITY_PROTOCOL",
                        "SASL_SSL",
                        "KAFKA_SSL_TRUSTSTORE_LOCATION",
                        "/ca.crt",
                        "KAFKA_HOME",
                        "/opt/kafka"));

        // When, Then
        assertThat(stack.kafkaClient())
                .containsOnly(
                        Map.entry("bootstrap.servers", "kafka:9093"),
                        Map.entry("security.protocol", "SASL_SSL"),
                        Map.entry("ssl.truststore.location", "/ca.crt"));
    }

    @Test
    void billingBatchUsesTheStandInsAndTheirDataStaysAtHome() {
        // Given
        Stack stack = new Stack(ROOT, Map.of("DRAWDOWN_PORT_BASE", "20100"));

        // When
        Map<String, String> environment = stack.child(Service.BILLING_BATCH).environment();

        // Then
        assertThat(environment)
                .containsEntry("STRIPE_API_BASE", "http://127.0.0.1:20161")
                .containsEntry("SLACK_API_BASE", "http://127.0.0.1:20162")
                .containsEntry("SMTP_PORT", "20163");
        assertThat(environment.get("STRIPE_SECRET_KEY")).startsWith("rk_test_");
        assertThat(stack.child(Stack.STAND_INS).command())
                .containsSubsequence(
                        "/checkout/.drawdown/data",
                        "stripe",
                        "20161",
                        "http://127.0.0.1:20105/api/v1/stripe/webhooks",
                        "/checkout/.drawdown/keys/stripe-webhook-secret",
                        "slack",
                        "20162",
                        "mail",
                        "20163");
        assertThat(stack.standIns().mailFolder()).hasValue(Path.of("/checkout/.drawdown/data/mail"));
        assertThat(stack.child(Service.CREDITS_SERVICE).environment()).doesNotContainKey("STRIPE_SECRET_KEY");
    }

    @Test
    void billingBatchKnowsTheSecretThatWebhooksAreSignedWith(@TempDir Path root) throws IOException {
        // Given
        Stack stack = new Stack(root, Map.of());

        // When
        var unused = new KeyPairFolder(stack.keysFolder()).privateKey();

        // Then
        String secret = Files.readString(stack.keysFolder().resolve("stripe-webhook-secret"));
        assertThat(secret).matches("whsec_[0-9a-f]{64}");
        assertThat(stack.child(Service.BILLING_BATCH).environment()).containsEntry("STRIPE_WEBHOOK_SECRET", secret);
    }

    @Test
    void oneRealServiceLeavesTheOtherStandIns() {
        // Given
        Stack stack = new Stack(ROOT, Map.of("STRIPE_SECRET_KEY", "rk_test_ofSomebody"));

        // When
        Map<String, String> environment = stack.child(Service.BILLING_BATCH).environment();

        // Then
        assertThat(environment).containsKey("SLACK_API_BASE").doesNotContainKey("STRIPE_API_BASE");
        assertThat(stack.child(Stack.STAND_INS).command())
                .contains("slack", "mail")
                .doesNotContain("stripe");
        assertThat(stack.child(Stack.STAND_INS).port()).isEqualTo(8_162);
        assertThat(stack.standIns().stripe()).isEmpty();
    }

    @Test
    void userSettingsOverrideTheDefaultsOfTheLocalStack() {
        // Given
        Stack stack = new Stack(ROOT, Map.of("DRAWDOWN_CHECKPOINT_INTERVAL", "30s", "DRAWDOWN_FIRST_SLICE", "10s"));

        // When
        Map<String, String> environment = stack.child(Service.CHECKPOINT_WORKER).environment();

        // Then
        assertThat(environment)
                .containsEntry("DRAWDOWN_CHECKPOINT_INTERVAL", "30s")
                .containsEntry("DRAWDOWN_FIRST_SLICE", "10s")
                .containsEntry("DRAWDOWN_ALLOWED_ORIGINS", "null,http://localhost:8090")
                .containsEntry("DRAWDOWN_KAFKA_PARTITIONS", "8");
    }

    @Test
    void javaOptionsOfTheUserReplaceTheDefaultsAndComeLast() {
        // Given
        Stack with = new Stack(ROOT, Map.of("DRAWDOWN_JAVA_OPTIONS", " -XX:+UseZGC  -Xmx1g "));
        Stack without = new Stack(ROOT, Map.of("DRAWDOWN_JAVA_OPTIONS", " "));

        // When
        List<List<String>> commands = with.stages().stream()
                .flatMap(List::stream)
                .map(ChildSpec::command)
                .toList();

        // Then
        assertThat(commands).allSatisfy(command -> {
            assertThat(command).doesNotContain("-XX:+UseSerialGC", "").contains("-XX:+UseZGC");
            assertThat(command.stream().filter(option -> option.startsWith("-Xmx")))
                    .last()
                    .isEqualTo("-Xmx1g");
        });
        assertThat(without.child(Service.CREDITS_SERVICE).command())
                .doesNotContain("-XX:+UseSerialGC", "")
                .contains("-Xmx256m");
        assertThat(without.child(Service.TASK_SERVICE).command()).contains("-Xmx384m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "80", "65500", ""})
    void unusablePortBaseIsRefusedInOneLine(String base) {
        // Given
        Map<String, String> environment = Map.of("DRAWDOWN_PORT_BASE", base);

        // When // Then
        assertThatThrownBy(() -> new Stack(ROOT, environment))
                .isInstanceOf(UserFacingException.class)
                .hasMessageContaining("DRAWDOWN_PORT_BASE");
    }
}
