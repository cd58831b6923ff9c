package io.drawdown.tasks.run;

import io.drawdown.kit.lease.Incarnation;
import io.drawdown.tasks.config.TasksSettings;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.Runs;
import io.drawdown.tasks.task.Spec;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.Waits;
import io.drawdown.tasks.testing.Calls.Fault;
import io.drawdown.tasks.testing.MemoryTasks.Call;
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

    @Test
    void aClaimOfLargeTasksIsWrittenInGroupsOfFourMebibytes() {
        // Given
        World large = large();
        // When
        large.pass(1_500);
        // Then
        assertThat(large.handlers.ids()).containsExactlyInAnyOrder("tsk_1", "tsk_2", "tsk_3", "tsk_4");
        assertThat(large.tasks.largestGroup).isBetween(3_000_000, 4 * 1024 * 1024);
    }

    @Test
    void whatWasWonBeforeAFaultRunsAndTheRestIsClaimedLater() {
        // Given: the second group fails
        World large = large();
        large.tasks.calls.failNext(Call.REPLACE_ALL, Fault.NONE, Fault.UNAVAILABLE);
        // When
        large.pass(1_000);
        // Then
        assertThat(large.handlers.ids()).hasSize(1);
        large.pass(1_500);
        assertThat(large.handlers.ids()).containsExactlyInAnyOrder("tsk_1", "tsk_2", "tsk_3", "tsk_4");
    }

    /** Four tasks wait, each of which is too large to be in a group with another one. */
    private static World large() {
        World large = new World(new TasksSettings("tasks-1", 4, 64 * 1024 * 1024, 100, 10_000, Duration.ofSeconds(30)));
        for (int each = 1; each <= 4; each++) {
            Spec small = Tasks.spec("echo", "acme", large.now().plusMillis(each));
            Spec spec = new Spec(
                    "echo", "\"" + "x".repeat(3_000_000) + "\"", small.lane(), "acme", small.sender(), null, null);
            TaskDocument task = Tasks.waiting("tsk_" + each, spec);
            large.tasks.documents.put(task.id(), task);
        }
        return large;
    }

    private TaskDocument head(String id, long seq) {
        return Waits.woken(Tasks.ordered(id, "order", seq), world.now());
    }

    private void put(TaskDocument task) {
        world.tasks.documents.put(task.id(), task);
    }
}
