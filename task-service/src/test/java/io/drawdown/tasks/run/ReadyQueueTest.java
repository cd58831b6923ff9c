package io.drawdown.tasks.run;

import io.drawdown.tasks.config.TaskType;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.testing.MemoryTasks;
import io.drawdown.tasks.testing.MemoryTasks.Call;
import io.drawdown.tasks.testing.Tasks;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static io.drawdown.tasks.testing.Tasks.AT;
import static org.assertj.core.api.Assertions.assertThat;

class ReadyQueueTest {

    private static final Set<Lane> NORMAL = Set.of(Lane.NORMAL);
    private static final int MOST_TENANTS = 16;

    private final MemoryTasks tasks = new MemoryTasks(Runnable::run);
    private final ReadyQueue queue = new ReadyQueue(tasks, new TaskType("echo", Policy.DEFAULT, 64, true), false);

    @Test
    void tenantsWithWorkTakeTurnsHoweverMuchOneOfThemHas() {
        // Given
        waiting("a", 100);
        waiting("b", 2);
        waiting("c", 3);
        queue.hint(NORMAL);
        // When
        List<String> found = ids(6);
        // Then
        assertThat(found).containsExactly("a-0", "a-1", "b-0", "b-1", "c-0", "c-1");
    }

    @Test
    void eachRoundBeginsBehindTheLastTenantOfTheOneBefore() {
        // Given: more tenants than one round asks for
        for (int tenant = 10; tenant < 30; tenant++) {
            waiting("t" + tenant, 2);
        }
        queue.hint(NORMAL);
        // When
        List<String> first = tenants(MOST_TENANTS);
        queue.hint(NORMAL);
        List<String> second = tenants(MOST_TENANTS);
        // Then
        assertThat(first).hasSize(MOST_TENANTS).startsWith("t10").endsWith("t25");
        assertThat(second).hasSize(MOST_TENANTS).startsWith("t26", "t27", "t28", "t29", "t10");
    }

    @Test
    void oneRoundAsksForSixteenTenantsOfALaneAtMost() {
        // Given
        for (int tenant = 100; tenant < 200; tenant++) {
            waiting("t" + tenant, 1);
        }
        queue.hint(NORMAL);
        // When
        ids(100);
        // Then
        assertThat(tasks.calls.count(Call.NEXT_TENANT)).isEqualTo(MOST_TENANTS);
        assertThat(tasks.calls.count(Call.READY)).isEqualTo(MOST_TENANTS);
    }

    @Test
    void laneThatWasFoundEmptyIsNotAskedAgainBeforeAHint() {
        // Given
        queue.hintAll();
        assertThat(ids(100)).isEmpty();
        assertThat(tasks.calls.count(Call.NEXT_TENANT)).isEqualTo(Lane.values().length);
        waiting("a", 1);
        // When, Then
        assertThat(queue.isEmpty()).isTrue();
        assertThat(ids(100)).isEmpty();
        assertThat(tasks.calls.count(Call.NEXT_TENANT)).isEqualTo(Lane.values().length);
        queue.hint(NORMAL);
        assertThat(ids(100)).containsExactly("a-0");
    }

    private void waiting(String tenant, int count) {
        for (int each = 0; each < count; each++) {
            TaskDocument task = Tasks.waiting(tenant + "-" + each, Tasks.spec("echo", tenant, AT.plusMillis(each)));
            tasks.documents.put(task.id(), task);
        }
    }

    private List<String> ids(int count) {
        return next(count).map(TaskDocument::id).toList();
    }

    private List<String> tenants(int count) {
        return next(count).map(task -> task.spec().tenant()).toList();
    }

    private Stream<TaskDocument> next(int count) {
        return queue.next(count).await().indefinitely().tasks().stream();
    }
}
