package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.tokens.Role;
import io.drawdown.contracts.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Two instances of task-service: one tells the other to stop a task, and takes on what the other leaves. */
class TwoTaskInstancesTest {

    private static final String SERVICE = Service.TASK_SERVICE.serviceName();

    private static Suite suite;
    private static SecondInstances second;
    private static TaskClient first;
    private static TaskClient survivor;

    @BeforeAll
    static void start(@TempDir Path home) {
        suite = Suite.start(home, Map.of(), Service.TASK_SERVICE);
        second = SecondInstances.start(suite, Service.TASK_SERVICE);
        first = new TaskClient(suite.tasks(Role.GATEWAY));
        survivor = new TaskClient(second.tasks(Role.GATEWAY));
    }

    @AfterAll
    static void stop() {
        second.close();
        suite.close();
    }

    @Test
    void aWorkerThatStoodStillLongerThanItsLeaseCannotCompleteWhatAnotherHas() throws IOException {
        // Given
        List<String> ids = first.send("frozen", 20, "sleep", each -> "{\"millis\":8000}");
        suite.await(5, () -> ids.stream().allMatch(id -> first.state(id).equals("processing")));

        // When: it stands still while it runs them, and wakes when they are done elsewhere
        suite.signal(SERVICE, "STOP");
        suite.await(60, () -> survivor.areOver("frozen"));
        List<JsonNode> before = survivor.read(ids);
        suite.signal(SERVICE, "CONT");
        suite.letPass(3);

        // Then
        assertThat(before)
                .allMatch(task -> task.path("state").asText().equals("completed"))
                .allMatch(task -> task.path("runs").asInt() == 2)
                .allMatch(task -> task.path("retry_count").asInt() == 0);
        assertThat(survivor.read(ids)).isEqualTo(before);
    }

    @Test
    void aStepIsToldAtOnceAtTheInstanceThatDoesNotRunTheTask() {
        // Given
        String id =
                first.send("watched", 1, "sleep", each -> "{\"millis\":2000}").getFirst();
        suite.await(20, () -> first.state(id).equals("processing"));
        long seen = first.read(id).path("seq").asLong();

        // When: without a step the answer would take 20 s
        Instant asked = Instant.now();
        JsonNode next = survivor.next(id, seen);

        // Then
        assertThat(next.path("state").asText()).isEqualTo("completed");
        assertThat(next.path("seq").asLong()).isGreaterThan(seen);
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void aTaskIsCancelledFromTheInstanceThatDoesNotRunIt() {
        // Given
        String id = first.send("cancelled", 1, "sleep", each -> "{\"millis\":60000}")
                .getFirst();
        suite.await(20, () -> first.state(id).equals("processing"));

        // When
        survivor.cancel(id);

        // Then
        suite.await(10, () -> survivor.state(id).equals("cancelled"));
    }

    @Test
    void aGracefulStopLeavesNothingProcessing() {
        // Given
        List<String> ids = first.send("stopped", 50, "sleep", each -> "{\"millis\":2000}");

        // When
        suite.stop(SERVICE);

        // Then
        suite.await(30, () -> survivor.areOver("stopped"));
        assertThat(survivor.read(ids))
                .allMatch(task -> task.path("state").asText().equals("completed"))
                .allMatch(task -> task.path("attempts").size() == 1);
        suite.startAgain(SERVICE);
    }
}
