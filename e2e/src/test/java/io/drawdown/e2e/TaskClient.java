package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** What tests do with tasks, through one instance of task-service. */
final class TaskClient {

    private static final int LARGEST_BATCH = 1_000;
    private static final Set<String> OVER = Set.of("completed", "failed", "cancelled", "dead");

    private final Api api;

    TaskClient(Api api) {
        this.api = api;
    }

    /** Sends tasks with that tag; returns their ids in the same order. */
    List<String> send(String tag, int count, String type, IntFunction<String> payload) {
        List<String> ids = new ArrayList<>();
        for (int from = 0; from < count; from += LARGEST_BATCH) {
            int size = Math.min(LARGEST_BATCH, count - from);
            JsonNode answer = api.post("tasks/batch", null, batch(tag, from, size, type, payload))
                    .expect(200);
            answer.path("items")
                    .forEach(item -> ids.add(item.path("task").path("id").asText()));
        }
        assertThat(ids).hasSize(count).doesNotContain("");
        return ids;
    }

    /** Sends one batch under a key; answers whether each of its tasks is accepted, now or before. */
    boolean isAccepted(String key, String batch) {
        Api.Reply reply = api.post("tasks/batch", key, batch);
        boolean isAccepted = reply.status() == 200;
        for (JsonNode item : reply.body().path("items")) {
            isAccepted &= item.path("status").asInt() == 202;
        }
        return isAccepted;
    }

    /** The body of a batch of tasks, whose payloads are numbered from {@code from} on. */
    static String batch(String tag, int from, int size, String type, IntFunction<String> payload) {
        return IntStream.range(from, from + size)
                .mapToObj(each -> "{\"type\":\"" + type + "\",\"tags\":[\"" + tag + "\"],\"payload\":"
                        + payload.apply(each) + "}")
                .collect(Collectors.joining(",", "{\"tasks\":[", "]}"));
    }

    JsonNode read(String id) {
        return api.get("tasks/" + id).expect(200);
    }

    /** The task after the step that follows the one with that number. */
    JsonNode next(String id, long seen) {
        return api.get("tasks/" + id + "?wait=20s&seen=" + seen).expect(200);
    }

    List<JsonNode> read(List<String> ids) {
        return ids.stream().map(this::read).toList();
    }

    String state(String id) {
        return read(id).path("state").asText();
    }

    /** Tells a worker to stop the task, or takes it out of the queue. */
    void cancel(String id) {
        api.post("tasks/" + id + "/cancel", null, "{}").expect(200);
    }

    /** The tasks with that tag, as lists show them. */
    List<JsonNode> tagged(String tag) {
        return api.items("tasks?tag=" + tag);
    }

    /** Whether every task with that tag is over. The cheap question is asked first. */
    boolean areOver(String tag) {
        return isNone("scheduled")
                && isNone("pending")
                && isNone("processing")
                && tagged(tag).stream()
                        .allMatch(task -> OVER.contains(task.path("state").asText()));
    }

    private boolean isNone(String state) {
        return api.get("tasks?limit=1&state=" + state).expect(200).path("items").isEmpty();
    }
}
