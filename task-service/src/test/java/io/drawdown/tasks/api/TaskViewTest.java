package io.drawdown.tasks.api;

import io.drawdown.tasks.task.Ends;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.Runs;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.testing.Tasks;
import org.junit.jupiter.api.Test;

import static io.drawdown.tasks.testing.Tasks.AT;
import static org.assertj.core.api.Assertions.assertThat;

class TaskViewTest {

    private final TaskDocument claimed = Runs.claim(Tasks.waiting("tsk_a"), "worker-1", AT);
    private final TaskDocument completed = Runs.complete(claimed, "{\"a\":1}", Policy.DEFAULT, AT.plusSeconds(1));

    @Test
    void taskShowsItsResultItsTimesAndWhoWorkedOnIt() {
        // When
        TaskView view = TaskView.of(completed);
        // Then
        assertThat(view.result()).hasToString("{\"a\":1}");
        assertThat(view.resultExpired()).isNull();
        assertThat(view.createdAt()).isEqualTo(AT);
        assertThat(view.startedAt()).isEqualTo(AT);
        assertThat(view.completedAt()).isEqualTo(AT.plusSeconds(1));
        assertThat(view.attempts()).hasSize(1).allSatisfy(attempt -> {
            assertThat(attempt.worker()).isEqualTo("worker-1");
            assertThat(attempt.endedAt()).isEqualTo(AT.plusSeconds(1));
        });
    }

    @Test
    void resultThatHasGoneIsSaidToBeGone() {
        // When
        TaskView view = TaskView.of(Ends.dropResult(completed));
        // Then
        assertThat(view.result()).isNull();
        assertThat(view.resultExpired()).isTrue();
    }
}
