package io.drawdown.cli.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class RotatingLogTest {

    @TempDir
    Path folder;

    @Test
    void logNeverTakesMoreThanTwiceItsLimitAndKeepsTheLatest() throws IOException {
        // Given
        try (RotatingLog log = new RotatingLog(folder.resolve("broker.log"), 1_000)) {

            // When
            for (int n = 0; n < 1_000; n++) {
                log.add("line " + n);
            }
        }

        // Then
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThanOrEqualTo(2_000);
        }
        assertThat(Files.readAllLines(folder.resolve("broker.log"))).endsWith("line 999");
    }
}
