package io.drawdown.bench;

import io.drawdown.bench.batch.BatchSuite;
import io.drawdown.bench.core.CoreSuite;
import io.drawdown.bench.load.Pace;
import io.drawdown.bench.report.Figure;
import io.drawdown.bench.report.Results;
import io.drawdown.bench.sessions.Connected;
import io.drawdown.bench.sessions.FanOut;
import io.drawdown.bench.sessions.SessionsSuite;
import io.drawdown.bench.stack.Servers;
import io.drawdown.bench.tasks.TasksSuite;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** A short form of the bench on real processes. It has no limits: it prints what it measures on this machine. */
class BenchTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Scope SHORT = new Scope(
            Duration.ofSeconds(1),
            Pace.of(Duration.ofSeconds(1), 1),
            new CoreSuite.Rates(List.of(20, 50), List.of(20)),
            new SessionsSuite.Size(
                    10, 0, 0, 0, 0, 0, new Connected.Size(20, 2), new FanOut.Size(List.of(200), Duration.ofSeconds(1))),
            List.of(10),
            new TasksSuite.Size(Duration.ZERO, 100, List.of(50), List.of(50), 50, false, 200, Duration.ofSeconds(1)),
            new BatchSuite.Size(Duration.ZERO, 300, new BatchSuite.Queues(100, 600, Duration.ofSeconds(5))));

    @Test
    void theCoreIsMeasuredAndNothingFails(@TempDir Path folder) {
        // When
        Results results = new Run(ROOT, folder, new Servers(null, null), SHORT).of(Suite.CORE, null);

        // Then
        assertThat(results.figures().stream().map(Figure::section).distinct())
                .containsExactly(
                        "Bare store, by the driver alone",
                        "Charges over HTTP",
                        "Hold and release of a session over HTTP",
                        "One hot account",
                        "Start-up, memory after the run, bytes of a charge");
        assertThat(results.figures()).extracting(Figure::name).noneMatch(name -> name.endsWith(", failed"));
        assertThat(results.figures()).extracting(Figure::value).allMatch(value -> value >= 0);
        assertThat(folder).isDirectoryContaining(file -> file.toString().endsWith("-core.json"));
        assertThat(folder).isDirectoryContaining(file -> file.toString().endsWith("-core.html"));
        assertThat(folder.resolve("stack/keys")).doesNotExist();
    }

    @Test
    void connectedSessionsAndStrangeEventsAreMeasuredAndNothingFails(@TempDir Path folder) {
        // When
        Results results = new Run(ROOT, folder, new Servers(null, null), SHORT).of(Suite.SESSIONS, null);

        // Then
        assertThat(results.figures().stream().map(Figure::section).distinct())
                .containsExactly(
                        "Account events that concern no session of an instance",
                        "20 connected sessions that are metered, on one instance");
        assertThat(results.figures())
                .filteredOn(figure -> figure.name().equals("sessions that heartbeats named"))
                .extracting(Figure::value)
                .containsExactly(20.0);
        assertThat(results.figures())
                .filteredOn(figure -> figure.name().startsWith("sockets that were closed"))
                .extracting(Figure::value)
                .containsExactly(0.0);
        assertThat(folder).isDirectoryContaining(file -> file.toString().endsWith("-sessions.json"));
    }

    @Test
    void aRunThatEndsEarlyKeepsWhatItFoundAsUnfinished(@TempDir Path folder) {
        // Given
        Run ofNoCheckout = new Run(folder, folder, new Servers(null, null), SHORT);

        // When
        Throwable fault = catchThrowable(() -> ofNoCheckout.of(Suite.STORE, null));

        // Then
        assertThat(fault).isNotNull();
        assertThat(folder).isDirectoryContaining(file -> file.toString().endsWith("-store-unfinished.json"));
    }

    @Test
    void tasksAreMeasuredAndNothingFails(@TempDir Path folder) {
        // When
        Results results = new Run(ROOT, folder, new Servers(null, null), SHORT).of(Suite.TASKS, null);

        // Then
        assertThat(results.figures().stream().map(Figure::section).distinct())
                .containsExactly(
                        "No-op tasks drained from a backlog, 256 slots",
                        "A task is sent in process, and is stored, 50 per second",
                        "From sending a task in process until its handler begins",
                        "task-service as a process, over HTTP");
        assertThat(results.figures()).extracting(Figure::name).noneMatch(name -> name.endsWith(", failed"));
        assertThat(folder).isDirectoryContaining(file -> file.toString().endsWith("-tasks.json"));
    }

    @Test
    void queuedItemsAreMeasuredAndEachIsChargedOnce(@TempDir Path folder) {
        // When
        Results results = new Run(ROOT, folder, new Servers(null, null), SHORT).of(Suite.BATCH, null);

        // Then
        assertThat(results.figures().stream().map(Figure::section).distinct())
                .containsExactly(
                        "Queued items charged and published by the core, its events out",
                        "What a run of the core keeps in its heap after a full collection, at most");
        assertThat(results.figures()).extracting(Figure::value).allMatch(value -> value > 0);
        assertThat(folder).isDirectoryContaining(file -> file.toString().endsWith("-batch.json"));
    }
}
