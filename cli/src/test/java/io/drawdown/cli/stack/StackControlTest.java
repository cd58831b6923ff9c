package io.drawdown.cli.stack;

import io.drawdown.cli.process.UserFacingException;
import io.drawdown.contracts.Service;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StackControlTest {

    @TempDir
    Path home;

    private final List<String> restarted = new ArrayList<>();
    private final List<String> progress = new ArrayList<>();

    @Test
    void eachInstanceIsRestartedInTurn() throws IOException {
        // Given
        try (StackControl control = serve(new RollingRestart(new Instances(2), Optional.empty(), restarted::add))) {
            assertThat(control).isNotNull();

            // When
            StackControl.restart(home, List.of(Service.CREDITS_SERVICE, Service.CHECKPOINT_WORKER), progress::add);

            // Then
            assertThat(restarted)
                    .containsExactly(
                            "credits-service-1", "credits-service-2", "checkpoint-worker-1", "checkpoint-worker-2");
            assertThat(progress)
                    .hasSize(8)
                    .startsWith("credits-service-1 is stopped", "credits-service-1 serves again");
            assertThat(Files.getPosixFilePermissions(home.resolve("control")))
                    .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        }
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void aFailureEndsTheCommandAndTheNextIsServed() throws IOException {
        // Given
        RollingRestart restart = new RollingRestart(new Instances(2), Optional.empty(), name -> {
            restarted.add(name);
            if (restarted.size() == 1) {
                throw new UserFacingException(name + " is not ready after 120 s");
            }
            if (restarted.size() == 2) {
                throw new IllegalStateException("a fault of ours");
            }
        });
        try (StackControl control = serve(restart)) {
            assertThat(control).isNotNull();

            // Then
            assertThatThrownBy(() -> StackControl.restart(home, List.of(Service.TASK_SERVICE), progress::add))
                    .isInstanceOf(UserFacingException.class)
                    .hasMessage("task-service-1 is not ready after 120 s");
            assertThatThrownBy(() -> StackControl.restart(home, List.of(Service.TASK_SERVICE), progress::add))
                    .hasMessageContaining("a fault of ours");
            SocketChannel.open(UnixDomainSocketAddress.of(home.resolve("control")))
                    .close();
            StackControl.restart(home, List.of(Service.TASK_SERVICE), progress::add);
            assertThat(restarted)
                    .containsExactly("task-service-1", "task-service-1", "task-service-1", "task-service-2");
        }
    }

    @Test
    void whereNobodyServesTheStackIsSaidToBeAway() {
        // Then
        assertThatThrownBy(() -> StackControl.restart(home, List.of(Service.TASK_SERVICE), progress::add))
                .isInstanceOf(UserFacingException.class)
                .hasMessageStartingWith("The stack cannot be asked at " + home);
    }

    private StackControl serve(RollingRestart restart) {
        return StackControl.serve(home, restart, problem -> {
                    throw new AssertionError(problem);
                })
                .orElseThrow();
    }
}
