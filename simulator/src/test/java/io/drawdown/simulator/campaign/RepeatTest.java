package io.drawdown.simulator.campaign;

import io.drawdown.simulator.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RepeatTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aSeedPrintsTheSameBytesInEveryProcess(long seed) throws IOException, InterruptedException {
        // Given
        byte[] first = play(seed, "first");

        // When
        byte[] second = play(seed, "second");

        // Then
        assertThat(first).hasSizeGreaterThan(1_000).isEqualTo(second);
    }

    private byte[] play(long seed, String name) throws IOException, InterruptedException {
        Path printed = folder.resolve(name);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--seed",
                        Long.toString(seed),
                        "--whole")
                .redirectOutput(printed.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.waitFor();
        return Files.readAllBytes(printed);
    }
}
