package io.drawdown.tasks.api;

import io.drawdown.tasks.api.DeadGroups.DeadGroup;
import io.drawdown.tasks.api.DeadGroups.DeadSample;
import io.drawdown.tasks.store.DeadLetters.DeadTask;
import io.drawdown.tasks.task.Reason;
import io.drawdown.tasks.task.TaskFailure;
import io.drawdown.tasks.task.TaskState.Letter;
import java.util.List;
import org.junit.jupiter.api.Test;

import static io.drawdown.tasks.testing.Tasks.AT;
import static org.assertj.core.api.Assertions.assertThat;

class DeadGroupsTest {

    private static final List<DeadTask> TASKS = List.of(
            dead("tsk_5", "b", 5),
            dead("tsk_4", "a", 4),
            dead("tsk_3", "a", 3),
            dead("tsk_2", "a", 2),
            dead("tsk_1", "a", 1));

    @Test
    void theLargestGroupIsFirstAndShowsThoseThatDiedLast() {
        // When
        DeadGroups groups = DeadGroups.of(TASKS, false, 50);
        // Then
        assertThat(groups.items()).extracting(DeadGroup::group).containsExactly("a", "b");
        DeadGroup largest = groups.items().getFirst();
        assertThat(largest.count()).isEqualTo(4);
        assertThat(largest.firstSeen()).isEqualTo(AT.plusSeconds(1));
        assertThat(largest.lastSeen()).isEqualTo(AT.plusSeconds(4));
        assertThat(largest.samples()).extracting(DeadSample::taskId).containsExactly("tsk_4", "tsk_3", "tsk_2");
    }

    @Test
    void answerSaysWhatItDoesNotShow() {
        // When
        DeadGroups groups = DeadGroups.of(TASKS, true, 1);
        // Then
        assertThat(groups.items()).hasSize(1);
        assertThat(groups.groups()).isEqualTo(2);
        assertThat(groups.counted()).isEqualTo(5);
        assertThat(groups.atLeast()).isTrue();
    }

    private static DeadTask dead(String id, String group, int second) {
        return new DeadTask(
                id,
                new Letter(group, "echo", "place-of-" + id),
                AT.plusSeconds(second),
                new TaskFailure(Reason.TEMPORARY, "IOException", "away"));
    }
}
