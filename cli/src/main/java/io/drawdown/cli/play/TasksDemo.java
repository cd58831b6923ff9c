package io.drawdown.cli.play;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Tasks, to watch: one with live progress, one that fails twice and succeeds, one that is cancelled while it runs, one that is
 * dead and replayed, and one whose worker is killed.
 */
public final class TasksDemo {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Api tasks;
    private final Api second;
    private final Runnable kill;
    private final PrintStream out;
    private final long begunNanos = System.nanoTime();
    private boolean allAsExpected = true;

    /**
     * @param second another instance, which has nothing else to do
     * @param kill ends that instance without a word, as kill -9 does
     */
    public TasksDemo(Api tasks, Api second, Runnable kill, PrintStream out) {
        this.tasks = tasks;
        this.second = second;
        this.kill = kill;
        this.out = out;
    }

    /** @return 0 if every task came to the end that was expected, 1 if not */
    public int play() {
        progress();
        failsTwice();
        cancelled();
        deadAndReplayed();
        workerKilled();
        stats();
        out.println();
        out.println(
                allAsExpected
                        ? "every task came to its end as expected"
                        : "NOT EVERY TASK CAME TO ITS END AS EXPECTED");
        return allAsExpected ? 0 : 1;
    }

    private void progress() {
        say("a task of three seconds, with its progress");
        String id = send("{\"type\":\"sleep\",\"payload\":{\"millis\":3000}}");
        expect("completed", follow(id, TasksDemo::isOver));
    }

    private void failsTwice() {
        say("a task that fails twice and then succeeds; a retry waits without a worker");
        String id = send("{\"type\":\"sleep\",\"payload\":{\"millis\":100,\"fail_times\":2}}");
        expect("completed", follow(id, TasksDemo::isOver));
    }

    private void cancelled() {
        say("a task of a minute, cancelled while it runs");
        String id = send("{\"type\":\"sleep\",\"payload\":{\"millis\":60000}}");
        follow(id, task -> state(task).equals("processing"));
        tasks.post("tasks/" + id + "/cancel", null, "{}").expect(200);
        expect("cancelled", follow(id, TasksDemo::isOver));
    }

    private void deadAndReplayed() {
        say("a task that fails in its first life, without retries, and is replayed");
        String id = send("{\"type\":\"sleep\",\"retries\":0,\"payload\":{\"millis\":100,\"fail_times\":1}}");
        expect("dead", follow(id, TasksDemo::isOver));
        tasks.post("tasks/" + id + "/retry", null, "{}").expect(200);
        expect("completed", follow(id, TasksDemo::isOver));
    }

    private void workerKilled() {
        say(
                "a task of four seconds, whose worker is killed; another one runs it when the lease has run out, after 12 s");
        String id = send(second, "{\"type\":\"sleep\",\"payload\":{\"millis\":4000}}");
        follow(id, task -> state(task).equals("processing"));
        kill.run();
        say("killed");
        JsonNode over = follow(id, TasksDemo::isOver);
        expect("completed", over);
        over.path("attempts")
                .forEach(attempt -> out.printf(
                        "         %s  %s%n",
                        attempt.path("worker").asText(),
                        attempt.path("failure").path("reason").asText("completed")));
    }

    /** What all of this came to, as the service counted it. */
    private void stats() {
        say("the numbers, without a scan of the tasks");
        JsonNode stats = tasks.get("tasks/stats").expect(200);
        stats.path("depth")
                .properties()
                .forEach(state -> out.printf(
                        "         %-10s %5d%n", state.getKey(), state.getValue().asLong()));
        JsonNode used = stats.path("utilisation");
        out.printf(
                "         %d of %d slots in use when the leases were last renewed, instances: %d, %s%n",
                used.path("running").asInt(),
                used.path("slots").asInt(),
                used.path("instances").asInt(),
                stats.path("health").path("level").asText());
    }

    private String send(String body) {
        return send(tasks, body);
    }

    private static String send(Api to, String body) {
        JsonNode task = to.post("tasks", null, body).expect(202);
        return task.path("id").asText();
    }

    /** Prints what changes, until the task is as it should be, or too much time has passed. */
    private JsonNode follow(String id, Predicate<JsonNode> until) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String shown = "";
        JsonNode task;
        do {
            task = tasks.get("tasks/" + id).expect(200);
            String line = line(task);
            if (!line.equals(shown)) {
                say(line);
                shown = line;
            }
            if (!until.test(task)) {
                Pause.between();
            }
        } while (!until.test(task) && System.nanoTime() < end);
        return task;
    }

    private static String line(JsonNode task) {
        StringBuilder line = new StringBuilder(state(task));
        if (task.path("life").asInt() > 1) {
            line.append(", life ").append(task.path("life").asInt());
        }
        if (task.path("runs").asInt() > 1) {
            line.append(", attempt ").append(task.path("runs").asInt());
        }
        int percent = task.path("progress").asInt();
        if (state(task).equals("processing") && percent > 0) {
            line.append(", ")
                    .append("#".repeat(percent / 5))
                    .append(' ')
                    .append(percent)
                    .append(" %");
        }
        if (task.path("error").hasNonNull("message")) {
            line.append(", ").append(task.path("error").path("message").asText());
        }
        return line.toString();
    }

    private static String state(JsonNode task) {
        return task.path("state").asText();
    }

    private static boolean isOver(JsonNode task) {
        return switch (state(task)) {
            case "completed", "failed", "cancelled", "dead" -> true;
            default -> false;
        };
    }

    private void expect(String state, JsonNode task) {
        if (!state(task).equals(state)) {
            allAsExpected = false;
            out.printf("         EXPECTED %s%n", state);
        }
    }

    private void say(String what) {
        out.printf(Locale.ROOT, "%7.1f  %s%n", (System.nanoTime() - begunNanos) / 1e9, what);
    }
}
