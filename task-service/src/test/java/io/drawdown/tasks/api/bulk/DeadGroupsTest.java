package io.drawdown.tasks.api.bulk;

import io.drawdown.tasks.api.bulk.DeadGroups.DeadGroup;
import io.drawdown.tasks.api.bulk.DeadGroups.DeadSample;
import io.drawdown.tasks.store.DeadLetters;
import io.drawdown.tasks.store.DeadLetters.DeadTask;
import io.drawdown.tasks.task.Reason;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskFailure;
import io.drawdown.tasks.task.TaskState.Letter;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({
        "0, 0, false",
        "1000, 1000, false",
        "9999, 9999, false",
        "10000, 10000, false",
        "10001, 10000, true",
        "12345, 10000, true"
    })
    void thoseThatDiedLastAreCounted(int there, int counted, boolean atLeast) {
        // When
        DeadGroups groups = DeadGroups.read(new Dying(there), null, 50).await().indefinitely();
        // Then
        assertThat(groups.counted()).isEqualTo(counted);
        assertThat(groups.atLeast()).isEqualTo(atLeast);
        assertThat(groups.items().stream().mapToInt(DeadGroup::count).sum()).isEqualTo(counted);
    }

    /** So many dead tasks, whose places are their numbers, downwards. */
    private record Dying(int count) implements DeadLetters {

        @Override
        public Uni<List<DeadTask>> latest(@Nullable String type, String before, int limit) {
            int from = before.equals(END) ? count : Integer.parseInt(before.substring("place-of-".length()));
            return Uni.createFrom()
                    .item(IntStream.range(Math.max(0, from - limit), from)
                            .map(n -> from - 1 - (n - Math.max(0, from - limit)))
                            .mapToObj(n -> dead(String.valueOf(n), "a", n))
                            .toList());
        }

        @Override
        public Uni<List<TaskDocument>> ofGroup(String group, String before, int limit) {
            throw new UnsupportedOperationException("nobody asks for a group");
        }
    }

    private static DeadTask dead(String id, String group, int second) {
        return new DeadTask(
                id,
                new Letter(group, "echo", "place-of-" + id),
                AT.plusSeconds(second),
                new TaskFailure(Reason.TEMPORARY, "IOException", "away"));
    }
}
