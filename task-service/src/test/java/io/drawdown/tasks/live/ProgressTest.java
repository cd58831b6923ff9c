package io.drawdown.tasks.live;

import io.drawdown.contracts.TaskEvent;
import io.drawdown.tasks.live.Interest.OfTag;
import io.drawdown.tasks.live.Interest.OfTask;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.RunHistory.Progress;
import io.drawdown.tasks.task.Runs;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.drawdown.tasks.live.Watched.AT;
import static io.drawdown.tasks.live.Watched.ID;
import static io.drawdown.tasks.live.Watched.started;
import static org.assertj.core.api.Assertions.assertThat;

class ProgressTest {

    private final Watched world = new Watched();
    private final LiveView view = world.open(null);

    @BeforeEach
    void watch() {
        world.store(started(ID));
        view.watch(new OfTask(ID));
        view.watch(new OfTag("nightly"));
        world.pass(20);
        world.told.clear();
    }

    @Test
    void reportsAreToldInTheOrderOfTheirRunsAndNumbers() {
        // When
        for (long[] report : new long[][] {{1, 2, 20}, {1, 1, 10}, {1, 2, 20}, {2, 1, 30}, {1, 3, 35}, {2, 2, 25}}) {
            world.progresses(report[0], report[1], (int) report[2]);
            world.pass(300);
        }
        // Then
        assertThat(world.told).containsExactly("20 %", "30 %");
    }

    @Test
    void manyReportsAreToldFourTimesASecondTheLatestLast() {
        // When
        for (int n = 1; n <= 100; n++) {
            world.progresses(1, n, n);
            world.pass(20);
        }
        world.pass(1_000);
        // Then
        assertThat(world.told).hasSizeBetween(8, 10).startsWith("1 %").endsWith("100 %");
    }

    @Test
    void nothingFollowsTheEndOfTheTask() {
        // Given
        world.progresses(1, 1, 10);
        world.progresses(1, 2, 20);
        // When
        world.happens(3, TaskEvent.Type.COMPLETED);
        world.progresses(1, 3, 30);
        world.pass(1_000);
        // Then
        assertThat(world.told).containsExactly("10 %", "completed 3");
    }

    @Test
    void progressOfAnEarlierLifeIsNotTold() {
        // Given
        TaskEvent replayed = new TaskEvent(
                TaskEvent.Type.QUEUED, ID, 3, "echo", "acme", "ada", List.of("nightly"), 2, 0, AT, null, null, null);
        world.tasks.happened(replayed);
        // When
        world.progresses(1, 1, 50);
        // Then
        assertThat(world.told).containsExactly("queued 3");
    }

    @Test
    void percentageThatWasToldDoesNotFallWhenTheTaskIsReadAgain() {
        // Given
        world.progresses(1, 1, 50);
        world.pass(300);
        world.store(Runs.handBack(Runs.report(started(ID), new Progress(40, null), List.of()), Policy.DEFAULT, AT));
        // When
        world.happens(4, TaskEvent.Type.STARTED);
        world.pass(20);
        world.progresses(2, 1, 45);
        world.pass(300);
        world.progresses(2, 2, 60);
        // Then
        assertThat(world.told).containsExactly("50 %", "changed pending", "started 4", "60 %");
    }

    @Test
    void progressThatWaitsIsNotToldOfWhatIsNotWatchedAnyMore() {
        // Given
        world.progresses(1, 1, 10);
        world.progresses(1, 2, 20);
        // When
        view.ignore(new OfTask(ID));
        view.ignore(new OfTag("nightly"));
        world.pass(1_000);
        // Then
        assertThat(world.told).containsExactly("10 %");
    }

    @Test
    void progressOfATaskThatNobodyHeardOfIsNotTold() {
        // Given
        Watched other = new Watched();
        other.open(null).watch(new OfTag("nightly"));
        other.pass(20);
        // When
        other.progresses(1, 1, 10);
        // Then
        assertThat(other.told).containsExactly("found []");
    }
}
