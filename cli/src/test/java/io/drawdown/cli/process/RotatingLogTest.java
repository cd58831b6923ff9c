package io.drawdown.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class RotatingLogTest {

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();

    @Test
    void logNeverTakesMoreThanTwiceItsLimitAndKeepsTheLatest() throws IOException {
        // Given
        try (RotatingLog log = new RotatingLog(folder.resolve("broker.log"), 1_000, told::add)) {

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
        assertThat(told).isEmpty();
    }

    @Test
    void aFullDiskDropsLinesIsReportedOnceAndWritingGoesOnLater() throws IOException {
        // Given
        Path file = folder.resolve("broker.log");
        Files.createSymbolicLink(file, Path.of("/dev/full"));
        try (RotatingLog log = new RotatingLog(file, 1_000, told::add)) {
            log.add("lost 1");
            log.add("lost 2");

            // When
            Files.delete(file);
            log.add("kept 1");
            log.add("kept 2");
        }

        // Then
        assertThat(Files.readAllLines(file)).containsExactly("kept 1", "kept 2");
        assertThat(told)
                .containsExactly(
                        "The log " + file
                                + " cannot be written (No space left on device); its lines are dropped until it can",
                        "The log " + file + " is written again; 2 lines were dropped");
    }

    @Test
    void anUnusableFolderDropsLinesToo() throws IOException {
        // Given
        Path inTheWay = Files.createFile(folder.resolve("logs"));
        try (RotatingLog log = new RotatingLog(inTheWay.resolve("broker.log"), 1_000, told::add)) {

            // When
            log.add("lost");
        }

        // Then
        assertThat(told).hasSize(1);
    }
}
