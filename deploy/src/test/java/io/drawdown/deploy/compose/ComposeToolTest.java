package io.drawdown.deploy.compose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Compose itself reads the file, which needs no engine (Debian's package {@code docker-compose} has it). */
class ComposeToolTest {

    @BeforeEach
    void find() {
        boolean isThere = Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "docker-compose")));
        if (!isThere) {
            System.err.println("skipped: no docker-compose on the PATH, so it does not read docker-compose.yml");
        }
        Assumptions.assumeTrue(isThere, "no docker-compose on the PATH");
    }

    @Test
    void composeReadsTheFileWithAFilledExample(@TempDir Path folder) throws IOException {
        // Given
        Path environment = folder.resolve("env");
        Files.writeString(
                environment,
                ComposeFile.ofTheRoot().example().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + (entry.getValue().isEmpty() ? "secret" : entry.getValue())
                                + "\n")
                        .collect(Collectors.joining()));

        // When
        String printed = config(environment);

        // Then
        assertThat(printed)
                .contains("mongodb://credits:secret@mongo-1:27017,", "image: drawdown/credits-service:0.1.0");
    }

    @Test
    void composeRefusesAnEmptySecret() throws IOException {
        assertThat(config(ComposeFile.ROOT.resolve(".env.example"))).contains("see .env.example");
    }

    private static String config(Path environment) throws IOException {
        ProcessBuilder compose = new ProcessBuilder(
                        List.of("docker-compose", "--env-file", environment.toString(), "config"))
                .directory(ComposeFile.ROOT.toFile())
                .redirectErrorStream(true);
        compose.environment().keySet().removeIf(ComposeFile.ofTheRoot().example()::containsKey);
        return new String(compose.start().getInputStream().readAllBytes(), UTF_8);
    }
}
