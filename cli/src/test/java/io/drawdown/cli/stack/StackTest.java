package io.drawdown.cli.stack;

import io.drawdown.cli.process.ChildSpec;
import io.drawdown.cli.process.Readiness;
import io.drawdown.cli.process.UserFacingException;
import io.drawdown.contracts.Service;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StackTest {

    private static final Path ROOT = Path.of("/checkout");

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
        assertThat(ports).containsExactlyInAnyOrder(27_117, 19_092, 8_101, 8_102, 8_103, 8_104, 8_105);
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
    void namedServersReplaceTheEmbeddedOnes() {
        // Given
        Stack stack =
                new Stack(ROOT, Map.of("MONGODB_URI", "mongodb://db:27017", "KAFKA_BOOTSTRAP_SERVERS", "kafka:9092"));

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
                .containsEntry("DRAWDOWN_ALLOWED_ORIGINS", "null")
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
