package io.drawdown.cli.stack;

import io.drawdown.cli.process.ChildSpec;
import io.drawdown.cli.process.Console;
import io.drawdown.cli.process.ProcessFile;
import io.drawdown.cli.process.Readiness;
import io.drawdown.cli.process.Supervisor;
import io.drawdown.cli.process.UserFacingException;
import io.drawdown.contracts.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunningStackTest {

    private static final RunningStack.Manner QUIET = new RunningStack.Manner(System.out, true, false);

    @TempDir
    Path root;

    @Test
    void secondStackOfTheSameHomeIsRefused() {
        // Given
        Stack stack = new Stack(root, Map.of());

        // When
        try (StackLock first = StackLock.take(stack.home())) {

            // Then
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> RunningStack.start(stack, QUIET))
                    .isInstanceOf(UserFacingException.class)
                    .hasMessageContaining("is already running (process "
                            + ProcessHandle.current().pid() + ")");
        }
    }

    @Test
    void lockFileOfAKilledSupervisorBlocksNoStart() throws IOException {
        // Given
        Files.writeString(root.resolve("lock"), "1");

        // When
        try (StackLock lock = StackLock.take(root)) {

            // Then
            assertThat(lock).isNotNull();
            assertThat(root.resolve("lock"))
                    .hasContent(Long.toString(ProcessHandle.current().pid()));
        }
        assertThat(StackLock.owner(root)).isEmpty();
    }

    @Test
    void takenPortIsNamed() throws IOException {
        // Given
        build(
                Service.CREDITS_SERVICE.serviceName(),
                Service.SESSION_SERVICE.serviceName(),
                Service.CHECKPOINT_WORKER.serviceName(),
                Service.TASK_SERVICE.serviceName(),
                Service.BILLING_BATCH.serviceName());
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, String> environment = new HashMap<>(StackTest.FOREIGN);
            environment.put("DRAWDOWN_PORT_BASE", Integer.toString(taken.getLocalPort() - 1));
            Stack stack = new Stack(root, environment);

            // When // Then
            assertThatThrownBy(() -> RunningStack.start(stack, QUIET))
                    .isInstanceOf(UserFacingException.class)
                    .hasMessageStartingWith("Port " + taken.getLocalPort() + " of credits-service is taken by process "
                            + ProcessHandle.current().pid());
            assertThat(StackLock.owner(stack.home())).isEmpty();
        }
    }

    @Test
    void serviceThatIsNotBuiltIsNamed() {
        // Given
        Stack stack = new Stack(root, StackTest.FOREIGN);

        // When // Then
        assertThatThrownBy(() -> RunningStack.start(stack, QUIET))
                .isInstanceOf(UserFacingException.class)
                .hasMessageStartingWith("credits-service is not built");
    }

    @Test
    void nothingRunsAfterAStartThatFailedAtItsEnd() {
        // Given
        Supervisor supervisor = new Supervisor(
                List.of(List.of(new ChildSpec(
                        "server",
                        0,
                        List.of("/bin/sh", "-c", "echo ready; while :; do sleep 1 & wait $!; done"),
                        Map.of(),
                        new Readiness.Line("ready")))),
                new Console(root, System.out, true),
                Supervisor.Restarts.wanted(false),
                new ProcessFile(root, line -> {}));

        // When
        assertThatThrownBy(() -> RunningStack.start(supervisor, Optional.empty(), () -> {
                    throw new IllegalStateException("a fault of ours");
                }))
                .hasMessage("a fault of ours");

        // Then
        assertThat(supervisor.child("server").isRunning()).isFalse();
    }

    private void build(String... services) throws IOException {
        for (String service : services) {
            Path jar = ServiceSpec.jar(root, service);
            Files.createDirectories(jar.getParent());
            Files.createFile(jar);
        }
    }
}
