package io.drawdown.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the README's own code blocks on the real stack and compares what they print with what the README says. */
class FirstTenMinutesTest {

    @Test
    void everyBlockOfTheReadmePrintsWhatTheReadmeSays(@TempDir Path home) throws IOException {
        // Given
        int base = Ports.freeBase();
        Map<String, String> environment = Map.of(
                "DRAWDOWN_PORT_BASE",
                String.valueOf(base),
                "DRAWDOWN_HOME",
                home.toString(),
                "DRAWDOWN_SKIP_BUILD",
                "1");
        List<Readme.Step> steps = Readme.read(Suite.ROOT.resolve("README.md")).steps();
        assertThat(steps.getFirst().commands()).isEqualTo("./drawdown up");

        try (Up up = Up.start(Suite.ROOT, environment);
                Shell shell = new Shell(Suite.ROOT, environment)) {
            up.awaitReady();
            assertDoorsAreGuarded(base);
            for (Readme.Step step : steps.subList(1, steps.size())) {
                // When
                List<String> printed = shell.run(step.commands().replace("localhost:81", "localhost:" + base / 100));

                // Then
                List<String> expected = Normalised.of(step.expected());
                List<String> actual = Normalised.of(printed);
                assertThat(Normalised.matches(expected, actual))
                        .as("%s%nthe README says%n%s%nprinted was%n%s", step.commands(), lines(expected), lines(actual))
                        .isTrue();
            }
        }
    }

    /** On real processes, where alone all of Netty's extensions are loaded as they are in production. */
    private static void assertDoorsAreGuarded(int base) throws IOException {
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
