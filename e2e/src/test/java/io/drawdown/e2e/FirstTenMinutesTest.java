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

    private static String lines(List<String> lines) {
        return String.join("\n", lines);
    }
}
