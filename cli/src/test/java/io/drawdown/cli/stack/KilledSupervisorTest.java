package io.drawdown.cli.stack;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class KilledSupervisorTest {

    @TempDir
    Path logs;

    @Test
    void noChildOutlivesAKilledSupervisor() throws IOException {
        // Given
        Process supervisor = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SupervisorMain.class.getName(),
                        logs.toString())
                .redirectErrorStream(true)
                .start();
        List<ProcessHandle> children = readChildren(supervisor.inputReader());
        assertThat(children).hasSize(2).allMatch(ProcessHandle::isAlive);

        // When
        supervisor.toHandle().destroyForcibly();

        // Then
        await().atMost(20, SECONDS).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
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
