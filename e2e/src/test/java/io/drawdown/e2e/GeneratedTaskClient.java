package io.drawdown.e2e;

import io.drawdown.cli.stack.Stack;
import io.drawdown.cli.tokens.KeyPairFolder;
import io.drawdown.cli.tokens.Role;
import io.drawdown.cli.tokens.Tokens;
import io.drawdown.contracts.Service;
import io.drawdown.generated.tasks.ApiClient;
import io.drawdown.generated.tasks.ApiException;
import io.drawdown.generated.tasks.api.QueuesApi;
import io.drawdown.generated.tasks.api.TasksApi;
import io.drawdown.generated.tasks.model.Batch;
import io.drawdown.generated.tasks.model.BatchItem;
import io.drawdown.generated.tasks.model.Lane;
import io.drawdown.generated.tasks.model.Problem;
import io.drawdown.generated.tasks.model.Queue;
import io.drawdown.generated.tasks.model.TaskRequest;
import io.drawdown.generated.tasks.model.TaskState;
import io.drawdown.generated.tasks.model.TaskView;
import io.drawdown.generated.tasks.model.WaitCause;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Calls task-service with the client that the build generates from docs/openapi. */
final class GeneratedTaskClient {

    private static final String TAG = "generated";

    private final ApiClient client = new ApiClient();
    private final TasksApi tasks;

    GeneratedTaskClient(Stack stack) {
        String token = new Tokens(new KeyPairFolder(stack.keysFolder()))
                .sign(Role.GATEWAY, Role.GATEWAY.groupName(), Duration.ofMinutes(5));
        client.setPort(stack.ports().of(Service.TASK_SERVICE))
                .setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
        tasks = new TasksApi(client);
    }

    void sendReadAndCancel() throws ApiException {
        // Given
        TaskRequest later = new TaskRequest()
                .type("sleep")
                .payload(Map.of("millis", 1))
                .lane(Lane.HIGH)
                .addTagsItem(TAG)
                .delaySeconds(3_600L);

        // When
        TaskView sent = tasks.sendTask(later, "generated-1", null, null, null);
        TaskView again = tasks.sendTask(later, "generated-1", null, null, null);
        List<BatchItem> batch = tasks.sendTasks(
                        new Batch()
                                .addTasksItem(new TaskRequest().type("echo").addTagsItem(TAG))
                                .addTasksItem(new TaskRequest().type("nothing")),
                        null,
                        null,
                        null,
                        null)
                .getItems();

        // Then
        assertThat(sent.getState()).isEqualTo(TaskState.SCHEDULED);
        assertThat(sent.getLane()).isEqualTo(Lane.HIGH);
        assertThat(again.getId()).as("sent again").isEqualTo(sent.getId());
        assertThat(batch).extracting(BatchItem::getStatus).containsExactly(202, 422);
        assertThat(tasks.explainTask(sent.getId(), null).getCause()).isEqualTo(WaitCause.SCHEDULED);
        assertThat(tasks.cancelTask(sent.getId(), null, null, null).getState()).isEqualTo(TaskState.CANCELLED);
        assertThat(tasks.listTasks(null, null, null, null, null, 10, null, TAG, null, null, null)
                        .getItems())
                .extracting(TaskView::getId)
                .containsExactlyInAnyOrder(
                        sent.getId(), batch.getFirst().getTask().getId());
        assertThat(new QueuesApi(client).listQueues(null).getItems())
                .extracting(Queue::getType)
                .contains("echo", "http", "sleep");
    }

    void beRefused() throws IOException {
        // When
        ApiException refused = catchThrowableOfType(
                ApiException.class, () -> tasks.sendTask(new TaskRequest().type("nothing"), null, null, null, null));

        // Then
        Problem problem = client.getObjectMapper().readValue(refused.getResponseBody(), Problem.class);
        assertThat(refused.getCode()).isEqualTo(422);
        assertThat(problem.getType()).isEqualTo("urn:drawdown:problem:unknown-task-type");
    }
}
