package io.drawdown.cli.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class SupervisorTest {

    private static final Supervisor.Restarts ONCE = new Supervisor.Restarts(false, Duration.ZERO);
    private static final Supervisor.Restarts AGAIN = new Supervisor.Restarts(true, Duration.ZERO);

    @TempDir
    Path folder;

    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private Path diary = Path.of("diary");
    private Console console = new Console(Path.of("logs"), System.out, true);
    private ProcessFile leftovers = new ProcessFile(Path.of("logs"), line -> {});

    @BeforeEach
    void open() {
        diary = folder.resolve("diary");
        leftovers = new ProcessFile(folder, console::say);
        console = new Console(folder.resolve("logs"), new PrintStream(terminal, true, StandardCharsets.UTF_8), false);
    }

    @AfterEach
    void close() throws IOException {
        console.close();
    }

    @Test
    void stagesStartInOrderAndEndInTheOppositeOrder() throws IOException {
        // Given
        Supervisor supervisor = new Supervisor(
                List.of(
                        List.of(ShellChildren.patient("database", diary)),
                        List.of(ShellChildren.patient("credits-service", diary)),
                        List.of(ShellChildren.patient("session-service", diary))),
                console,
                ONCE,
                leftovers);

        // When
        supervisor.start();
        supervisor.stop();
        supervisor.await();

        // Then
        assertThat(Files.readAllLines(diary))
                .containsExactly(
                        "database starts",
                        "credits-service starts",
                        "session-service starts",
                        "session-service ends",
                        "credits-service ends",
                        "database ends");
        assertThat(printed()).contains("database            | ready", "session-service is ready");
        assertThat(folder.resolve("logs/database.log")).hasContent("ready");
    }

    @Test
    void childThatDiesIsNamedAndEndsTheStack() throws IOException {
        // Given
        Supervisor supervisor = supervise(false, "database", "credits-service");
        supervisor.start();

        // When
        supervisor.child("credits-service").kill();

        // Then
        assertThatThrownBy(supervisor::await)
                .isInstanceOf(UserFacingException.class)
                .hasMessage("credits-service ended by itself (exit code 137); the stack is stopped");
        assertThat(Files.readAllLines(diary)).endsWith("database ends");
    }

    @Test
    void childThatDiesIsStartedAgainWhenThatIsWanted() throws IOException {
        // Given
        Supervisor supervisor = supervise(true, "database", "credits-service");
        supervisor.start();
        CompletableFuture<Void> watching = CompletableFuture.runAsync(supervisor::await);

        // When
        supervisor.child("credits-service").kill();

        // Then
        await().atMost(10, SECONDS).until(() -> Files.readAllLines(diary).size() == 3);
        assertThat(printed()).contains("credits-service ended by itself (exit code 137); it is started again");
        supervisor.stop();
        watching.join();
        assertThat(Files.readAllLines(diary))
                .containsExactly(
                        "database starts",
                        "credits-service starts",
                        "credits-service starts",
                        "credits-service ends",
                        "database ends");
    }

    @Test
    void childThatIsReplacedEndsNothing() throws IOException {
        // Given: a stack that a death would end
        Supervisor supervisor = supervise(false, "database", "credits-service");
        supervisor.start();
        CompletableFuture<Void> watching = CompletableFuture.runAsync(supervisor::await);

        // When
        supervisor.restart("credits-service");
        supervisor.restart("credits-service");

        // Then
        assertThat(Files.readAllLines(diary))
                .containsExactly(
                        "database starts",
                        "credits-service starts",
                        "credits-service ends",
                        "credits-service starts",
                        "credits-service ends",
                        "credits-service starts");
        assertThat(watching).isNotDone();
        supervisor.child("credits-service").kill();
        assertThat(watching).failsWithin(10, SECONDS);
        assertThat(printed()).doesNotContain("ended by itself");
    }

    @Test
    void childThatCannotBeReplacedIsToldOfAndTriedAgain() throws IOException {
        // Given
        Supervisor supervisor = new Supervisor(
                List.of(List.of(ShellChildren.onlyOnce("credits-service", diary))),
                console,
                new Supervisor.Restarts(false, Duration.ofMillis(1)),
                leftovers);
        supervisor.start();
        CompletableFuture<Void> watching = CompletableFuture.runAsync(supervisor::await);

        // Then
        assertThatThrownBy(() -> supervisor.restart("credits-service"))
                .isInstanceOf(UserFacingException.class)
                .hasMessage("credits-service ended before it was ready (exit code 9): not twice");
        assertThat(watching).failsWithin(30, SECONDS);
        assertThat(printed()).contains("failed start 4 of at most 5");
    }

    @Test
    void childThatDiesDuringTheRestartOfAnotherIsStartedAgainToo() throws IOException {
        // Given
        Supervisor supervisor = new Supervisor(
                List.of(
                        List.of(ShellChildren.slowToReturn("database", diary)),
                        List.of(ShellChildren.patient("credits-service", diary))),
                console,
                AGAIN,
                leftovers);
        supervisor.start();
        CompletableFuture<Void> watching = CompletableFuture.runAsync(supervisor::await);
        supervisor.child("database").kill();
        await().atMost(10, SECONDS).until(() -> Files.readAllLines(diary).contains("database returns slowly"));

        // When
        supervisor.child("credits-service").kill();

        // Then
        await().atMost(10, SECONDS)
                .until(() -> Files.readAllLines(diary).stream()
                                .filter("credits-service starts"::equals)
                                .count()
                        == 2);
        Files.createFile(ShellChildren.permissionToReturn(diary));
        await().atMost(10, SECONDS).until(() -> printed().split("database is ready", -1).length == 3);
        assertThat(printed())
                .contains(
                        "database ended by itself (exit code 137); it is started again (restart 1)",
                        "credits-service ended by itself (exit code 137); it is started again (restart 1)");
        supervisor.stop();
        watching.join();
    }

    @Test
    void childThatIsStartedAgainIsNotReplacedMeanwhile() throws IOException {
        // Given
        Supervisor supervisor = new Supervisor(
                List.of(List.of(ShellChildren.slowToReturn("database", diary))), console, AGAIN, leftovers);
        supervisor.start();
        CompletableFuture<Void> watching = CompletableFuture.runAsync(supervisor::await);
        supervisor.child("database").kill();
        await().atMost(10, SECONDS).until(() -> Files.readAllLines(diary).contains("database returns slowly"));

        // When // Then
        assertThatThrownBy(() -> supervisor.restart("database"))
                .isInstanceOf(UserFacingException.class)
                .hasMessage("database is being started already");
        Files.createFile(ShellChildren.permissionToReturn(diary));
        await().atMost(10, SECONDS).until(() -> printed().split("database is ready", -1).length == 3);
        supervisor.stop();
        watching.join();
        assertThat(Files.readAllLines(diary))
                .containsExactly("database starts", "database returns slowly", "database starts", "database ends");
    }

    @Test
    void childThatCannotBeStartedAgainIsTriedFiveTimesAndNamed() throws IOException {
        // Given
        Supervisor supervisor = new Supervisor(
                List.of(
                        List.of(ShellChildren.patient("database", diary)),
                        List.of(ShellChildren.onlyOnce("credits-service", diary))),
                console,
                AGAIN,
                leftovers);
        supervisor.start();

        // When
        supervisor.child("credits-service").kill();

        // Then
        assertThatThrownBy(supervisor::await)
                .isInstanceOf(UserFacingException.class)
                .hasMessage(
                        "credits-service could not be started again, 5 times in a row; the stack is stopped. At last: "
                                + "credits-service ended before it was ready (exit code 9): not twice");
        assertThat(printed())
                .contains(
                        "credits-service ended by itself (exit code 137); it is started again (restart 1)",
                        "(failed start 4 of at most 5)");
        assertThat(Files.readAllLines(diary)).endsWith("database ends");
    }

    @Test
    void fullDiskForLogsStopsNeitherTheOutputNorTheRestart() throws IOException {
        // Given
        Files.createDirectories(folder.resolve("logs"));
        Files.createSymbolicLink(folder.resolve("logs/credits-service.log"), Path.of("/dev/full"));
        Supervisor supervisor = supervise(true, "database", "credits-service");
        supervisor.start();
        CompletableFuture<Void> watching = CompletableFuture.runAsync(supervisor::await);

        // When
        supervisor.child("credits-service").kill();

        // Then
        await().atMost(10, SECONDS).until(() -> printed().split("credits-service is ready", -1).length == 3);
        assertThat(printed()).containsOnlyOnce("credits-service.log cannot be written (No space left on device)");
        assertThat(printed().split("credits-service     \\| ready", -1)).hasSize(3);
        supervisor.stop();
        watching.join();
    }

    @Test
    void childThatEndsBeforeItIsReadyIsNamedWithItsLastLineAndStopsTheRest() throws IOException {
        // Given
        Supervisor supervisor = new Supervisor(
                List.of(
                        List.of(ShellChildren.patient("database", diary)),
                        List.of(ShellChildren.stillborn("credits-service", diary))),
                console,
                AGAIN,
                leftovers);

        // When // Then
        assertThatThrownBy(supervisor::start)
                .isInstanceOf(UserFacingException.class)
                .hasMessage("credits-service ended before it was ready (exit code 7): no such table");
        assertThat(Files.readAllLines(diary)).containsExactly("database starts", "database ends");
    }

    @Test
    void childGetsNoSignalsOfTheTerminal() throws IOException {
        // Given
        try (Child child = new Child(ShellChildren.patient("database", diary), line -> {})) {
            child.start();
            child.awaitReady(Duration.ofSeconds(10));

            // When
            signal("INT", child.pid());
            signal("HUP", child.pid());
            child.stop();

            // Then
            assertThat(child.exit()).succeedsWithin(1, SECONDS).isEqualTo(0);
            assertThat(Files.readAllLines(diary)).containsExactly("database starts", "database ends");
        }
    }

    private Supervisor supervise(boolean restart, String first, String second) {
        return new Supervisor(
                List.of(List.of(ShellChildren.patient(first, diary)), List.of(ShellChildren.patient(second, diary))),
                console,
                restart ? AGAIN : ONCE,
                leftovers);
    }

    private static void signal(String signal, long pid) throws IOException {
        CompletableFuture<Process> sent = new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + pid)
                .start()
                .onExit();
        assertThat(sent).succeedsWithin(5, SECONDS);
    }

    private String printed() {
        return terminal.toString(StandardCharsets.UTF_8);
    }
}
