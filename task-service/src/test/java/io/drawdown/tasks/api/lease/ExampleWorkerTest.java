package io.drawdown.tasks.api.lease;

import io.drawdown.kit.security.Role;
import io.drawdown.kit.security.TestTokens;
import io.drawdown.tasks.testing.TaskServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URL;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.drawdown.tasks.api.Requests.TASKS;
import static io.drawdown.tasks.api.Requests.accepted;
import static io.drawdown.tasks.api.Requests.awaitState;
import static io.drawdown.tasks.api.Requests.gateway;
import static org.assertj.core.api.Assertions.assertThat;

/** The worker in {@code examples}, as it is. It needs a POSIX shell and curl. */
@QuarkusTest
@QuarkusTestResource(TaskServers.class)
class ExampleWorkerTest {

    @TestHTTPResource(TASKS)
    @Nullable
    URL tasks;

    private @Nullable Process worker;

    @AfterEach
    void killTheWorker() {
        Process running = Objects.requireNonNull(worker);
        running.descendants().forEach(ProcessHandle::destroyForcibly);
        running.destroyForcibly();
    }

    @Test
    void theCommandCompletesTasksAndFailsThem() throws IOException {
        // Given
        String good = accepted("{'type':'shipped','payload':{'to':'ada'}}");
        String bad = accepted("{'type':'shipped','payload':{'to':'nobody'},'retries':0}");
        // When
        start("if grep -q nobody; then echo 'no such address' >&2; exit 1; fi; echo '{\"key\":\"'$EFFECT_KEY'\"}'");
        // Then
        assertThat(awaitState(good, "completed").getString("result.key")).isEqualTo(good);
        JsonPath dead = awaitState(bad, "dead");
        assertThat(dead.getString("error.message")).isEqualTo("failed: no such address");
    }

    @Test
    void aTaskThatIsCancelledIsStopped() throws IOException {
        // Given
        String id = accepted("{'type':'shipped'}");
        start("exec sleep 600");
        awaitState(id, "processing");
        // When
        gateway().post(TASKS + "/" + id + "/cancel").then().statusCode(200);
        // Then
        JsonPath task = awaitState(id, "cancelled");
        assertThat(task.getString("attempts[0].failure.reason")).isEqualTo("temporary");
    }

    private void start(String command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "examples/worker.sh", "shipped", command)
                .redirectOutput(Redirect.INHERIT)
                .redirectError(Redirect.INHERIT);
        builder.environment().put("TASKS", Objects.requireNonNull(tasks).toString());
        builder.environment().put("TOKEN", TestTokens.of("shop", Role.GATEWAY));
        builder.environment().put("EXTEND_EVERY", "1");
        worker = builder.start();
    }
}
