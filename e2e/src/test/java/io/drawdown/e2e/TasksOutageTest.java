package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import io.drawdown.cli.stack.Stack;
import io.drawdown.cli.tokens.Role;
import io.drawdown.contracts.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What a task depends on is away: an endpoint, the broker, the database. Other tasks run on where that is possible, and what was
 * accepted is done in the end.
 */
@ResourceLock(Suite.BOTH_CORES)
class TasksOutageTest {

    private static final String UNAVAILABLE = "urn:drawdown:problem:unavailable";
    private static final String OUTCOME_UNKNOWN = "urn:drawdown:problem:outcome-unknown";
    private static final int REFUSED = 5;

    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    private static final int POSTS_AT_ONCE = 5;
    private static final int TASKS = 100;

    private static Suite suite;
    private static EffectReceiver receiver;
    private static TaskClient tasks;

    @BeforeAll
    static void start(@TempDir Path home) throws IOException {
        receiver = new EffectReceiver();
        Map<String, String> settings = new HashMap<>(receiver.endpoints());
        settings.put("DRAWDOWN_TASK_TYPES_SLEEP_CONCURRENCY", "1");
        settings.put("DRAWDOWN_TASK_TYPES_HTTP_CONCURRENCY", String.valueOf(POSTS_AT_ONCE));
        suite = Suite.start(home, settings, Service.TASK_SERVICE);
        tasks = new TaskClient(suite.tasks(Role.GATEWAY));
    }

    @AfterAll
    static void stop() {
        suite.close();
        receiver.close();
    }

    @AfterEach
    void answerAllPosts() {
        receiver.release();
    }

    @Test
    void tasksThatFailAndWaitForTheirNextAttemptDoNotHoldUpOthers() {
        // Given: as many as may run at the same time, of one type five, of another one
        List<String> failing =
                new ArrayList<>(tasks.send("failing", POSTS_AT_ONCE, "http", each -> "{\"endpoint\":\"overloaded\"}"));
        failing.addAll(tasks.send("failing", 1, "sleep", each -> "{\"millis\":0,\"fail_times\":4}"));

        // When
        String post = tasks.send("next", 1, "http", EffectReceiver::effect).getFirst();
        String sleep = tasks.send("next", 1, "sleep", each -> "{\"millis\":0}").getFirst();

        // Then: these are done while those that failed wait
        suite.await(10, () -> tasks.state(post).equals("completed"));
        suite.await(10, () -> tasks.state(sleep).equals("completed"));
        List<JsonNode> waiting = tasks.read(failing);
        assertThat(waiting)
                .allMatch(task -> task.path("retry_count").asInt() >= 1)
                .allMatch(task -> !task.has("completed_at"));
        assertThat(waiting.subList(0, POSTS_AT_ONCE))
                .allMatch(task -> task.path("error").path("reason").asText().equals("temporary"));
        failing.forEach(tasks::cancel);
    }

    @Test
    void withoutTheBrokerTasksAreDoneAndTheirEventsComeLaterInOrder() {
        assumeTrue(suite.owns(Stack.BROKER));
        // Given
        suite.kill(Stack.BROKER);

        // When
        List<String> ids = tasks.send("unpublished", TASKS, "echo", each -> "{}");
        suite.await(20, () -> tasks.areOver("unpublished"));
        suite.await(30, TasksOutageTest::isDegraded);
        Management.Ready away = Management.ready(suite.stack().child(Service.TASK_SERVICE));
        suite.startAgain(Stack.BROKER);

        // Then
        assertThat(away.isReady()).isTrue();
        assertThat(tasks.tagged("unpublished"))
                .hasSize(TASKS)
                .allMatch(task -> task.path("state").asText().equals("completed"));
        suite.await(60, () -> unpublished() == 0);
        Map<String, Map<Long, String>> events = TaskEvents.read(suite);
        assertThat(events).containsKeys(ids.toArray(String[]::new));
        for (String id : ids) {
            Map<Long, String> ofTask = events.getOrDefault(id, Map.of());
            assertThat(ofTask.keySet())
                    .as("numbers of the events of %s", id)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, ofTask.size()).boxed().toList());
            assertThat(ofTask.values()).containsExactly("queued", "started", "completed");
        }
        suite.await(10, () -> !isDegraded());
    }

    @Test
    void withoutTheDatabaseNothingIsAcceptedAndWhatWasAcceptedIsDoneLater() {
        assumeTrue(suite.owns(Stack.DATABASE));
        // Given: some run, and some wait
        receiver.hold();
        int accepted = 2 * POSTS_AT_ONCE;
        List<Integer> before = List.copyOf(receiver.effects());
        tasks.send("accepted", accepted, "http", each -> EffectReceiver.effect(1_000 + each));
        suite.await(20, () -> receiver.held() == POSTS_AT_ONCE);

        // When
        suite.kill(Stack.DATABASE);
        List<Refusal> soon = sendWithoutDatabase();
        suite.letPass(3);
        List<Refusal> later = sendWithoutDatabase();
        receiver.release();
        Management.Ready away = Management.ready(suite.stack().child(Service.TASK_SERVICE));
        suite.startAgain(Stack.DATABASE);

        // Then
        System.out.println("Without the database: at first " + soon + ", then " + later);
        assertThat(soon)
                .allMatch(refusal -> refusal.reply().status() == 503)
                .allMatch(refusal -> refusal.took().compareTo(AT_ONCE) < 0);
        assertThat(later)
                .allMatch(refusal -> refusal.reply().status() == 503)
                .allMatch(refusal -> refusal.took().compareTo(AT_ONCE) < 0)
                .allMatch(refusal -> refusal.problem().equals(UNAVAILABLE));
        assertThat(away.isReady()).isTrue();
        suite.await(60, () -> tasks.areOver("accepted"));
        assertThat(tasks.tagged("accepted"))
                .hasSize(accepted)
                .allMatch(task -> task.path("state").asText().equals("completed"))
                .allMatch(task -> task.path("retry_count").asInt() == 0);
        long unknown = soon.stream()
                .filter(refusal -> refusal.problem().equals(OUTCOME_UNKNOWN))
                .count();
        assertThat(tasks.tagged("refused")).hasSizeLessThanOrEqualTo((int) unknown);
        List<Integer> effects = new ArrayList<>(receiver.effects());
        before.forEach(effects::remove);
        assertThat(effects)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(1_000, 1_000 + accepted).boxed().toList());
    }

    private record Refusal(Api.Reply reply, Duration took) {

        String problem() {
            return reply.body().path("type").asText();
        }

        @Override
        public String toString() {
            return problem() + " after " + took.toMillis() + " ms";
        }
    }

    private static List<Refusal> sendWithoutDatabase() {
        Api api = suite.tasks(Role.GATEWAY);
        List<Refusal> refusals = new ArrayList<>();
        for (int each = 0; each < REFUSED; each++) {
            long begun = System.nanoTime();
            Api.Reply reply = api.post("tasks", null, "{\"type\":\"echo\",\"tags\":[\"refused\"]}");
            refusals.add(new Refusal(reply, Duration.ofNanos(System.nanoTime() - begun)));
        }
        return refusals;
    }

    private static double unpublished() {
        return Management.metric(suite.stack().child(Service.TASK_SERVICE), "drawdown_tasks_unpublished");
    }

    private static boolean isDegraded() {
        return Management.ready(suite.stack().child(Service.TASK_SERVICE))
                .core()
                .path("degraded")
                .asBoolean();
    }
}
