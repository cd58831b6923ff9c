package io.drawdown.e2e;

import io.drawdown.cli.stack.Stack;
import io.drawdown.contracts.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Who begins with Drawdown: the README's own code blocks print what the README says, and a generated client works. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FirstTenMinutesTest {

    private static Stack stack;
    private static Map<String, String> environment;
    private static Up up;

    @BeforeAll
    static void start(@TempDir Path home) throws IOException {
        environment = Map.of(
                "DRAWDOWN_PORT_BASE",
                String.valueOf(Ports.freeBase()),
                "DRAWDOWN_HOME",
                home.toString(),
                "DRAWDOWN_SKIP_BUILD",
                "1");
        stack = new Stack(Suite.ROOT, environment);
        up = Up.start(Suite.ROOT, environment);
        up.awaitReady();
    }

    @AfterAll
    static void stop() {
        up.close();
    }

    /** First, since the README tells how many accounts there are. */
    @Test
    @Order(1)
    void everyBlockOfTheReadmePrintsWhatTheReadmeSays() throws IOException {
        // Given
        List<Readme.Step> steps = Readme.read(Suite.ROOT.resolve("README.md")).steps();
        assertThat(steps.getFirst().commands()).isEqualTo("./drawdown up");
        String address = "localhost:" + stack.ports().of(Service.CREDITS_SERVICE) / 100;

        try (Shell shell = new Shell(Suite.ROOT, environment)) {
            for (Readme.Step step : steps.subList(1, steps.size())) {
                // When
                List<String> printed = shell.run(step.commands().replace("localhost:81", address));

                // Then
                List<String> expected = Normalised.of(step.expected());
                List<String> actual = Normalised.of(printed);
                assertThat(Normalised.matches(expected, actual))
                        .as("%s%nthe README says%n%s%nprinted was%n%s", step.commands(), lines(expected), lines(actual))
                        .isTrue();
            }
        }
    }

    @Test
    @Order(2)
    void clientsThatAreGeneratedFromTheDescriptionsWork() throws Exception {
        GeneratedClients clients = new GeneratedClients(stack);
        clients.openChargeAndRead();
        clients.beRefused();
        clients.readTheSessionsOfTheReadme();
    }

    /** On real processes, where alone all of Netty's extensions are loaded as they are in production. */
    @Test
    @Order(3)
    void theDoorsAreGuarded() throws IOException {
        int base = stack.ports().of(Service.CREDITS_SERVICE) - 1;
        String metrics = "GET /q/metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        for (int service = 1; service <= 3; service++) {
            assertThat(Doors.answerOf(base + service, "GET /" + "x".repeat(10_000) + " HTTP/1.1\r\n\r\n"))
                    .startsWith("HTTP/1.1 414")
                    .contains("urn:drawdown:problem:uri-too-long");
            assertThat(Doors.answerOf(base + service, metrics)).startsWith("HTTP/1.1 404");
            assertThat(Doors.answerOf(base + service + 100, metrics)).startsWith("HTTP/1.1 200");
        }
        assertThat(Doors.answerOf(base + 2, "GET /api/v1/live/sessions HTTP/1.1\r\nUpgrade: websocket\r\n"))
                .startsWith("HTTP/1.1 408")
                .contains("urn:drawdown:problem:request-timeout");
    }

    private static String lines(List<String> lines) {
        return String.join("\n", lines);
    }
}
