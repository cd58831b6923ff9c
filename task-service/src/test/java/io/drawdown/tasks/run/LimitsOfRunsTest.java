package io.drawdown.tasks.run;

import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Completed;
import io.drawdown.tasks.testing.PlayedHandlers.Played;
import io.drawdown.tasks.testing.World;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a run may cost this instance. */
class LimitsOfRunsTest {

    /** Of the type in the world of tests. */
    private static final int CONCURRENCY = 4;

    private static final int MEBIBYTE = 1024 * 1024;

    private final World world = new World();

    @Test
    void aTypeWhoseAbandonedHandlersDoNotEndIsNotRunHereUntilTheyDo() {
        // Given
        for (int each = 0; each <= 2 * CONCURRENCY; each++) {
            assertThat(world.core.health().stuckTypes()).isEmpty();
            abandon();
        }
        // When
        TaskDocument stuck = world.send(world.spec("echo"));
        TaskDocument other = world.send(world.spec("mail"));
        world.pass(5_000);
        // Then
        assertThat(world.core.health().stuckTypes()).containsExactly("echo");
        assertThat(world.handlers.ids()).contains(other.id()).doesNotContain(stuck.id());
        world.handlers.started.getFirst().stops();
        world.pass(1_500);
        assertThat(world.core.health().stuckTypes()).isEmpty();
        assertThat(world.handlers.ids()).contains(stuck.id());
    }

    @Test
    void resultsAreKeptUpToABoundWhileTheDatabaseIsAwayAndTheOthersRunAgain() {
        // Given
        String large = "x".repeat(40 * MEBIBYTE);
        TaskDocument first = world.send(world.spec("echo"));
        TaskDocument second = world.send(world.spec("echo"));
        List<Played> runs = List.copyOf(world.handlers.started);
        // When
        world.tasks.calls.away = true;
        runs.forEach(run -> run.completes(large));
        world.pass(10_000);
        world.tasks.calls.away = false;
        world.pass(10_000);
        // Then
        assertThat(world.counted.dropped).isEqualTo(1);
        assertThat(List.of(first, second))
                .filteredOn(task -> world.tasks.one(task.id()).state() instanceof Completed)
                .hasSize(1);
        assertThat(world.handlers.started).hasSize(3);
        world.handlers.last().completes("{}");
        world.pass(100);
        assertThat(List.of(first, second))
                .allMatch(task -> world.tasks.one(task.id()).state() instanceof Completed);
    }

    private void abandon() {
        TaskDocument task = world.send(world.spec("echo"));
        world.now(world.core.control().cancel(task.id()));
        world.pass(TaskRun.GRACE.toMillis() + 1_000);
        assertThat(world.handlers.last().abandoned).isTrue();
    }
}
