package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import io.drawdown.cli.tokens.Role;
import io.drawdown.contracts.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

import static org.assertj.core.api.Assertions.assertThat;

/** Two instances of task-service: one tells the other to stop a task, and takes on what the other leaves. */
@ResourceLock(Suite.BOTH_CORES)
class TwoTaskInstancesTest {

    private static final String SERVICE = Service.TASK_SERVICE.serviceName();

    private Suite suite;
    private SecondInstances second;
    private Api survivor;

    @BeforeEach
    void start(@TempDir Path home) {
        suite = Suite.start(home, Map.of());
        second = SecondInstances.start(suite, Service.TASK_SERVICE);
        survivor = second.tasks(Role.GATEWAY);
    }

    @AfterEach
    void stop() {
        second.close();
        suite.close();
    }

    @Test
    void aWorkerThatStoodStillLongerThanItsLeaseCannotCompleteWhatAnotherHas() throws IOException {
        // Given
        List<String> ids = send(suite.tasks(Role.GATEWAY), 20, "{\"millis\":8000}");
        suite.await(5, () -> ids.stream().allMatch(id -> state(id).equals("processing")));

        // When: it stands still while it runs them, and wakes when they are done elsewhere
        suite.signal(SERVICE, "STOP");
        suite.await(60, () -> count("processing") + count("pending") == 0);
        List<JsonNode> before = read(ids);
        suite.signal(SERVICE, "CONT");
        suite.letPass(3);

        // Then
        assertThat(before)
                .allMatch(task -> task.path("state").asText().equals("completed"))
                .allMatch(task -> task.path("runs").asInt() == 2)
                .allMatch(task -> task.path("retry_count").asInt() == 0);
        assertThat(read(ids)).isEqualTo(before);
    }

    @Test
    void aTaskIsCancelledFromTheInstanceThatDoesNotRunIt() {
        // Given
        String id = send(suite.tasks(Role.GATEWAY), 1, "{\"millis\":60000}").getFirst();
        suite.await(20, () -> state(id).equals("processing"));

        // When
        survivor.post("tasks/" + id + "/cancel", null, "{}").expect(200);

        // Then
        suite.await(10, () -> state(id).equals("cancelled"));
    }

    @Test
    void aGracefulStopLeavesNothingProcessing() {
        // Given
        List<String> ids = send(suite.tasks(Role.GATEWAY), 50, "{\"millis\":2000}");

        // When
        suite.stop(SERVICE);

        // Then
        suite.await(30, () -> count("processing") + count("pending") == 0);
        assertThat(read(ids))
                .allMatch(task -> task.path("state").asText().equals("completed"))
                .allMatch(task -> task.path("attempts").size() == 1);
    }

    private List<String> send(Api tasks, int count, String payload) {
        String items = IntStream.range(0, count)
                .mapToObj(each -> "{\"type\":\"sleep\",\"payload\":" + payload + "}")
                .collect(Collectors.joining(","));
        JsonNode answer =
                tasks.post("tasks/batch", null, "{\"tasks\":[" + items + "]}").expect(200);
        List<String> ids = new ArrayList<>();
        answer.path("items")
                .forEach(item -> ids.add(item.path("task").path("id").asText()));
        assertThat(ids).hasSize(count).doesNotContain("");
        return ids;
    }

    private int count(String state) {
        return survivor.items("tasks?state=" + state).size();
    }

    private String state(String id) {
        return survivor.get("tasks/" + id).expect(200).path("state").asText();
    }

    private List<JsonNode> read(List<String> ids) {
        return ids.stream().map(id -> survivor.get("tasks/" + id).expect(200)).toList();
    }
}
