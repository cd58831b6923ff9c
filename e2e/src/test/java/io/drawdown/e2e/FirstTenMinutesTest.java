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

/**
 * The first ten minutes of a new user: the code blocks of the README print what the README says, and generated clients
 * work.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FirstTenMinutesTest {

    private static Stack stack;
    private static Map<String, String> environment;
    private static UpProcess up;

    @BeforeAll
    static void start(@TempDir Path home) throws IOException {
        ClassCaches.make();
        environment = Map.of(
                "DRAWDOWN_PORT_BASE",
                String.valueOf(FreePorts.freeBase()),
                "DRAWDOWN_HOME",
                home.toString(),
                "DRAWDOWN_SKIP_BUILD",
                "1",
                // A run that a schedule has begun would be answered in the place of the reader's.
                "DRAWDOWN_BATCH_SCHEDULE",
                "off");
        stack = new Stack(Suite.ROOT, environment);
        up = UpProcess.start(Suite.ROOT, environment);
        up.awaitReady();
    }

    @AfterAll
    static void stop() {
        up.close();
    }

    /** Runs first, because the README shows how many accounts there are. */
    @Test
    @Order(1)
    void everyCodeBlockOfTheReadmePrintsWhatTheReadmeShows() throws IOException {
        // Given
        List<Readme.Step> steps = Readme.read(Suite.ROOT.resolve("README.md")).steps();
        assertThat(steps.getFirst().commands()).isEqualTo("./drawdown up");
        String address = "localhost:" + stack.ports().of(Service.CREDITS_SERVICE) / 100;

        try (Shell shell = new Shell(Suite.ROOT, environment)) {
            for (Readme.Step step : steps.subList(1, steps.size())) {
                // When
                List<String> printed = shell.run(
                        step.commands().replace("localhost:81", address).replace(".drawdown/", stack.home() + "/"));

                // Then
                List<String> expected = NormalisedOutput.of(step.expected());
                List<String> actual = NormalisedOutput.of(printed);
                assertThat(NormalisedOutput.matches(expected, actual))
                        .as("%s%nthe README says%n%s%nprinted was%n%s", step.commands(), lines(expected), lines(actual))
                        .isTrue();
            }
        }
    }

    @Test
    @Order(2)
    void clientsGeneratedFromTheDescriptionsWork() throws Exception {
        GeneratedClients clients = new GeneratedClients(stack);
        clients.openChargeAndRead();
        clients.beRefused();
        clients.readTheSessionsOfTheReadme();
    }

    @Test
    @Order(2)
    void clientOfTasksGeneratedFromTheDescriptionWorks() throws Exception {
        GeneratedTaskClient client = new GeneratedTaskClient(stack);
        client.sendReadAndCancel();
        client.beRefused();
    }

    /** On real processes, because only there all of Netty's extensions are loaded as in production. */
    @Test
    @Order(3)
    void malformedAndSlowRequestsAreRefusedAndMetricsStayOnTheManagementPort() throws IOException {
        int base = stack.ports().of(Service.CREDITS_SERVICE) - 1;
        String metrics = "GET /q/metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        for (int service = 1; service <= Service.values().length; service++) {
            assertThat(RawHttp.answerOf(base + service, "GET /" + "x".repeat(10_000) + " HTTP/1.1\r\n\r\n"))
                    .startsWith("HTTP/1.1 414")
                    .contains("urn:drawdown:problem:uri-too-long");
            assertThat(RawHttp.answerOf(base + service, metrics)).startsWith("HTTP/1.1 404");
            assertThat(RawHttp.answerOf(base + service + 100, metrics)).startsWith("HTTP/1.1 200");
        }
        assertThat(RawHttp.answerOf(base + 2, "GET /api/v1/live/sessions HTTP/1.1\r\nUpgrade: websocket\r\n"))
                .startsWith("HTTP/1.1 408")
                .contains("urn:drawdown:problem:request-timeout");
    }

    /** By now there was some work of each kind, so the metrics that only work brings are there too. */
    @Test
    @Order(4)
    void dashboardsAndAlertsAskForWhatTheServicesExport() {
        // When
        ExportedMetrics exported = ExportedMetrics.of(stack);

        // Then
        assertThat(exported.missing(ExportedMetrics.asked())).isEmpty();
        assertThat(exported.missing("drawdown_sessions_alive\ndrawdown_insufficient_total held account"))
                .hasSize(2)
                .anyMatch("drawdown_sessions_alive"::equals)
                .anyMatch(line -> line.startsWith("drawdown_insufficient_total held account, but it has [held]"));
    }

    private static String lines(List<String> lines) {
        return String.join("\n", lines);
    }
}
