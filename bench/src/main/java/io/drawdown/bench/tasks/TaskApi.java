package io.drawdown.bench.tasks;

import io.drawdown.bench.load.Bulk;
import io.drawdown.bench.stack.HttpApi;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The routes of task-service that the bench uses. */
final class TaskApi {

    private static final int PAGE = 250;
    private static final int AT_ONCE = 4;

    private final HttpApi http;
    private final HttpApi operator;

    /** @param operator may pause a queue */
    TaskApi(HttpApi http, HttpApi operator) {
        this.http = http;
        this.operator = operator;
    }

    /** Completes with its id when it is stored. */
    CompletionStage<String> send(String task) {
        return http.post("tasks", Map.of(), task).thenApply(TaskApi::id);
    }

    private static String id(Buffer answer) {
        return answer.toJsonObject().getString("id");
    }

    /** Returns when so many such tasks are stored, in batches. */
    void sendAll(int count, String task) {
        int pages = (count + PAGE - 1) / PAGE;
        Bulk.run(pages, AT_ONCE, page -> batch(Collections.nCopies(Math.min(PAGE, count - page * PAGE), task)));
    }

    private CompletionStage<?> batch(List<String> tasks) {
        return http.post("tasks/batch", Map.of(), "{\"tasks\":[" + String.join(",", tasks) + "]}")
                .thenAccept(TaskApi::requireAccepted);
    }

    private static void requireAccepted(Buffer answer) {
        for (Object item : answer.toJsonObject().getJsonArray("items")) {
            if (((JsonObject) item).getInteger("status") / 100 != 2) {
                throw new IllegalStateException("a task was refused: " + item);
            }
        }
    }

    /** So many tasks of the type the instance runs now. */
    long running(String type) {
        return depth(type, "processing");
    }

    /** So many wait for a worker. */
    long waiting(String type) {
        return depth(type, "pending");
    }

    private long depth(String type, String state) {
        Buffer stats = operator.get("tasks/stats").toCompletableFuture().join();
        return stats.toJsonObject().getJsonArray("types").stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("type").equals(type))
                .mapToLong(each -> each.getJsonObject("depth").getLong(state))
                .sum();
    }

    CompletionStage<?> cancel(String id) {
        return http.post("tasks/" + id + "/cancel", Map.of(), "");
    }

    /** Returns when no task of the type is started any more. */
    void pause(String type) {
        operator.post("queues/" + type + "/pause", Map.of(), "")
                .toCompletableFuture()
                .join();
    }

    CompletionStage<?> resume(String type) {
        return operator.post("queues/" + type + "/resume", Map.of(), "");
    }
}
