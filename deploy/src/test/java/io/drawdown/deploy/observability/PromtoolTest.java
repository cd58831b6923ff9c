package io.drawdown.deploy.observability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Prometheus' own tool reads the rules and plays histories through them (Debian's package {@code prometheus} has it). */
class PromtoolTest {

    private static final Path HISTORIES = Path.of("src/test/resources/alerts");

    @BeforeAll
    static void find() {
        boolean isThere = Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
        if (!isThere) {
            System.err.println("skipped: no promtool on the PATH, so the alert rules are not played");
        }
        Assumptions.assumeTrue(isThere, "no promtool on the PATH");
    }

    @Test
    void theRulesCanBeRead() throws IOException {
        assertThat(run(with("check", "rules", Queries.files(Queries.ALERTS, ".yml"))))
                .contains("SUCCESS");
    }

    @Test
    void theConfigurationOfPrometheusCanBeRead(@TempDir Path folder) throws IOException {
        // Given: the paths are those in the container
        String configuration = Queries.read(Queries.ROOT.resolve("deploy/compose/prometheus.yml"));
        Path copy = folder.resolve("prometheus.yml");
        Files.writeString(copy, configuration.replace("/etc/prometheus/alerts", Queries.ALERTS.toString()));

        // Then
        assertThat(run(List.of("promtool", "check", "config", copy.toString()))).contains("SUCCESS");
    }

    @Test
    void alertsFireWhenTheyShouldAndOnlyThen() throws IOException {
        assertThat(run(with("test", "rules", Queries.files(HISTORIES, ".yml")))).contains("SUCCESS");
    }

    private static List<String> with(String verb, String noun, List<Path> files) {
        List<String> command = new ArrayList<>(List.of("promtool", verb, noun));
        files.forEach(file -> command.add(file.toString()));
        return command;
    }

    private static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            assertThat(process.waitFor()).as(printed).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return printed;
    }
}
