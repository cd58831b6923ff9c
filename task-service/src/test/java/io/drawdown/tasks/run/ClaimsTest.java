package io.drawdown.tasks.run;

import io.drawdown.kit.lease.Incarnation;
import io.drawdown.tasks.config.TasksSettings;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.Runs;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.Waits;
import io.drawdown.tasks.testing.Tasks;
import io.drawdown.tasks.testing.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClaimsTest {

    private final World world = new World(new TasksSettings("tasks-1", 1, 10_000, 100, 10_000, Duration.ofSeconds(30)));

    @Test
    void aReadyTaskWhoseOrderKeyRunsElsewhereHoldsUpNobody() {
        // Given: both became the head, one after the other, and there is one slot here
        world.incarnations.incarnations.put("alive-1", Incarnation.first("alive-1", "alive-1", world.now()));
        TaskDocument first = Runs.claim(head("tsk_a", 1), "alive-1", world.now());
        put(first);
        put(head("tsk_b", 2));
        put(Tasks.waiting("tsk_c", Tasks.spec("echo", "acme", world.now().plusSeconds(1))));
        // When
        world.pass(1_500);
        // Then
        assertThat(world.handlers.ids()).containsExactly("tsk_c");
        put(Runs.complete(first, "{}", Policy.DEFAULT, world.now()));
        world.handlers.last().completes("{}");
        world.pass(1_500);
        assertThat(world.handlers.ids()).containsExactly("tsk_c", "tsk_b");
    }

    private TaskDocument head(String id, long seq) {
        return Waits.woken(Tasks.ordered(id, "order", seq), world.now());
    }

    private void put(TaskDocument task) {
        world.tasks.documents.put(task.id(), task);
    }
}
