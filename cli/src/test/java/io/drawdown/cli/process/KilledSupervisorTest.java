package io.drawdown.cli.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class KilledSupervisorTest {

    @TempDir
    Path logs;

    @Test
    void childrenEndAfterTheirSupervisorAndAreListedUntilThen() throws IOException {
        // Given
        Process supervisor = start();
        List<ProcessHandle> children = readChildren(supervisor.inputReader());
        assertThat(ProcessFile.in(logs).stream().map(ProcessFile.Left::process))
                .containsExactlyInAnyOrderElementsOf(children);
        List<ProcessFile.Left> left = ProcessFile.in(logs);

        // When
        supervisor.toHandle().destroyForcibly();

        // Then
        assertThat(ProcessFile.list(left)).contains("database (process ", "credits-service (process ");
        assertThat(ProcessFile.awaitEnd(left, Duration.ofSeconds(20))).isTrue();
        assertThat(ProcessFile.in(logs)).isEmpty();
        assertThat(children).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void remainingProcessesAreStopped() throws IOException {
        // Given
        try (Child child = new Child(ShellChildren.patient("database", logs.resolve("diary")), line -> {})) {
            child.start();
            child.awaitReady(Duration.ofSeconds(10));
            new ProcessFile(logs, line -> {}).started("database", child.process());

            // When
            ProcessFile.end(ProcessFile.in(logs));

            // Then
            assertThat(child.isRunning()).isFalse();
            assertThat(Files.readAllLines(logs.resolve("diary"))).containsExactly("database starts", "database ends");
        }
    }

    @Test
    void anotherProcessWithTheSameIdIsNotListed() throws IOException {
        // Given
        long pid = ProcessHandle.current().pid();

        // When
        Files.writeString(logs.resolve("processes"), "database " + pid + " 2001-01-01T00:00:00Z\nrubbish\n");

        // Then
        assertThat(ProcessFile.in(logs)).isEmpty();
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SupervisorMain.class.getName(),
                        logs.toString())
                .redirectErrorStream(true)
                .start();
    }

    private static List<ProcessHandle> readChildren(BufferedReader output) throws IOException {
        List<ProcessHandle> children = new ArrayList<>();
        for (String line = output.readLine(); line != null && !line.equals("all ready"); line = output.readLine()) {
            if (line.startsWith("child ")) {
                ProcessHandle.of(Long.parseLong(line.substring("child ".length())))
                        .ifPresent(children::add);
            }
        }
        return children;
    }
}
