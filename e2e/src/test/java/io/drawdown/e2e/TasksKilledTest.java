package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import io.drawdown.cli.tokens.Role;
import io.drawdown.contracts.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Instances of task-service are killed with -9 while tasks run and wait. No task is lost, none loses a retry, and an effect does
 * not happen twice where its key is honoured.
 */
@ResourceLock(Suite.BOTH_CORES)
class TasksKilledTest {

    private static final String SERVICE = Service.TASK_SERVICE.serviceName();
    private static final Duration RUNNING_RECOVERED = Duration.ofSeconds(15);
    private static final Duration QUEUED_DONE = Duration.ofSeconds(20);
    private static final int RUNNING = 500;
    private static final int QUEUED = 5_000;
    private static final int DRAINED = 10_000;
    private static final int BATCH = 1_000;
    private static final int EFFECTS = 200;
    private static final int POSTS_AT_ONCE = 8;
    private static final int KILLS = 5;

    private static Suite suite;
    private static SecondInstances second;
    private static EffectReceiver receiver;
    private static TaskClient first;
    private static TaskClient survivor;

    @BeforeAll
    static void start(@TempDir Path home) throws IOException {
        receiver = new EffectReceiver();
        Map<String, String> settings = new HashMap<>(receiver.endpoints());
        settings.put("DRAWDOWN_TASK_SLOTS", "1000");
        settings.put("DRAWDOWN_TASK_TYPES_SLEEP_CONCURRENCY", String.valueOf(RUNNING));
        settings.put("DRAWDOWN_TASK_TYPES_HTTP_CONCURRENCY", String.valueOf(POSTS_AT_ONCE));
        suite = Suite.start(home, settings, Service.TASK_SERVICE);
        second = SecondInstances.start(suite, Service.TASK_SERVICE);
        first = new TaskClient(suite.tasks(Role.GATEWAY));
        survivor = new TaskClient(second.tasks(Role.GATEWAY));
    }

    @AfterAll
    static void stop() {
        second.close();
        suite.close();
        receiver.close();
    }

    @BeforeEach
    void startWhatAnEarlierTestKilled() {
        if (!suite.isRunning(SERVICE)) {
            suite.startAgain(SERVICE);
        }
    }

    @AfterEach
    void answerAllPosts() {
        receiver.release();
    }

    @Test
    void fiveHundredTasksOfAKilledInstanceRunElsewhereWithinFifteenSeconds() {
        // Given
        first.send("running", RUNNING, "sleep", each -> "{\"millis\":12000}");
        suite.await(10, () -> metric("drawdown_tasks_running") == RUNNING);

        // When
        Instant killed = Instant.now();
        suite.kill(SERVICE);
        suite.await(90, () -> survivor.areOver("running"));

        // Then
        List<JsonNode> tasks = survivor.tagged("running");
        assertAllCompletedWithoutRetry(tasks, RUNNING);
        assertThat(tasks).allMatch(task -> task.path("runs").asInt() == 2);
        Duration recovered = Duration.between(killed, latest(tasks, "started_at"));
        System.out.println(RUNNING + " running tasks of a killed instance started elsewhere within "
                + recovered.toMillis() + " ms");
        assertThat(recovered).isLessThan(RUNNING_RECOVERED);
    }

    @Test
    void fiveThousandTasksThatWaitedAtAKillAreDoneWithinTwentySeconds() {
        // Given: both instances have begun with them
        switchQueue("pause", true);
        first.send("queued", QUEUED, "echo", each -> "{}");
        double before = metric("drawdown_tasks_runs_started_total");
        switchQueue("resume", false);
        suite.await(20, () -> metric("drawdown_tasks_runs_started_total") > before);

        // When
        Instant killed = Instant.now();
        suite.kill(SERVICE);
        suite.await(120, () -> survivor.areOver("queued"));

        // Then
        List<JsonNode> tasks = survivor.tagged("queued");
        assertAllCompletedWithoutRetry(tasks, QUEUED);
        Duration done = Duration.between(killed, latest(tasks, "completed_at"));
        System.out.println("The last of " + QUEUED + " tasks that waited when an instance was killed was done after "
                + done.toMillis() + " ms");
        assertThat(done).isLessThan(QUEUED_DONE);
    }

    @Test
    void tenThousandTasksAreDrainedWhileInstancesAreKilledAtRandomAndEachEffectHappensOnce() {
        // Given: every slot for posts holds one that has had its effect and has no answer
        long seed = ThreadLocalRandom.current().nextLong();
        System.out.println("Instances of task-service are killed by seed " + seed);
        RandomGenerator random = new SplittableRandom(seed);
        receiver.hold();
        first.send("effects", EFFECTS, "http", EffectReceiver::effect);
        suite.await(20, () -> receiver.held() == 2 * POSTS_AT_ONCE);

        // When
        suite.kill(SERVICE);
        receiver.release();
        suite.startAgain(SERVICE);
        Thread sending = Thread.ofVirtual().start(TasksKilledTest::sendAll);
        for (int kill = 0; kill < KILLS; kill++) {
            pause(random.nextInt(200, 3_000));
            killAndStartAgain(random.nextBoolean());
        }
        Suite.join(sending);
        suite.await(120, () -> survivor.areOver("drained") && survivor.areOver("effects"));

        // Then
        assertAllCompletedWithoutRetry(survivor.tagged("drained"), DRAINED);
        assertAllCompletedWithoutRetry(survivor.tagged("effects"), EFFECTS);
        assertThat(receiver.effects())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, EFFECTS).boxed().toList());
        System.out.println(receiver.requests() + " requests had " + EFFECTS + " effects");
        assertThat(receiver.requests()).isGreaterThanOrEqualTo(EFFECTS + POSTS_AT_ONCE);
    }

    /** Each batch under a key of its own, at either instance, until all of it is accepted. */
    private static void sendAll() {
        for (int from = 0; from < DRAINED; from += BATCH) {
            String key = "drained-" + from;
            String batch = TaskClient.batch("drained", from, BATCH, "echo", each -> "{\"number\":" + each + "}");
            suite.await(60, () -> isAccepted(first, key, batch) || isAccepted(survivor, key, batch));
        }
    }

    private static boolean isAccepted(TaskClient client, String key, String batch) {
        try {
            return client.isAccepted(key, batch);
        } catch (RuntimeException killed) {
            return false;
        }
    }

    private static void killAndStartAgain(boolean isFirst) {
        if (isFirst) {
            suite.kill(SERVICE);
            suite.startAgain(SERVICE);
        } else {
            second.kill(Service.TASK_SERVICE);
            second.startAgain(Service.TASK_SERVICE);
        }
    }

    private static void pause(int millis) {
        long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        suite.await(10, () -> System.nanoTime() > end);
    }

    /** Tells both instances to pause or resume the queue. */
    private static void switchQueue(String verb, boolean paused) {
        List<Api> operators = List.of(suite.tasks(Role.OPERATOR), second.tasks(Role.OPERATOR));
        for (Api operator : operators) {
            assertThat(operator.post("queues/echo/" + verb, null, "")
                            .expect(200)
                            .path("paused")
                            .asBoolean())
                    .isEqualTo(paused);
        }
    }

    /** Of the first instance. */
    private static double metric(String name) {
        return Management.metric(suite.stack().child(Service.TASK_SERVICE), name);
    }

    private static void assertAllCompletedWithoutRetry(List<JsonNode> tasks, int count) {
        assertThat(tasks)
                .hasSize(count)
                .allMatch(task -> task.path("state").asText().equals("completed"))
                .allMatch(task -> task.path("retry_count").asInt() == 0);
    }

    private static Instant latest(List<JsonNode> tasks, String field) {
        return tasks.stream()
                .map(task -> Instant.parse(task.path(field).asText()))
                .max(Instant::compareTo)
                .orElseThrow();
    }
}
