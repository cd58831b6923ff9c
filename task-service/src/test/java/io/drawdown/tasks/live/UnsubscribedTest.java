package io.drawdown.tasks.live;

import io.drawdown.contracts.TaskEvent;
import io.drawdown.tasks.live.Interest.OfTag;
import io.drawdown.tasks.live.Interest.OfTask;
import io.drawdown.tasks.live.Interest.OfType;
import org.junit.jupiter.api.Test;

import static io.drawdown.tasks.live.Watched.ID;
import static io.drawdown.tasks.live.Watched.completed;
import static io.drawdown.tasks.live.Watched.queued;
import static io.drawdown.tasks.live.Watched.started;
import static io.drawdown.tasks.live.Watched.step;
import static org.assertj.core.api.Assertions.assertThat;

/** What a client is told after it gave up one of its interests. */
class UnsubscribedTest {

    private static final OfTask TASK = new OfTask(ID);
    private static final OfTag TAG = new OfTag("nightly");

    private final Watched world = new Watched();
    private final LiveView view = world.open(null);

    private void watch(Interest interest) {
        view.watch(interest);
        world.pass(20);
    }

    @Test
    void taskThatBelongsToAnotherInterestKeepsItsPlace() {
        // Given
        world.store(queued(ID));
        watch(TAG);
        watch(TASK);
        world.happens(2, TaskEvent.Type.STARTED);
        world.told.clear();
        // When
        view.ignore(TASK);
        world.happens(1, TaskEvent.Type.QUEUED);
        world.happens(2, TaskEvent.Type.STARTED);
        world.happens(3, TaskEvent.Type.COMPLETED);
        // Then
        assertThat(world.told).containsExactly("completed 3");
    }

    @Test
    void readAfterAGapIsNotToldOfATagThatIsNotWatchedAnyMore() {
        // Given
        world.store(queued(ID));
        watch(TAG);
        world.store(completed(ID));
        world.told.clear();
        // When
        world.happens(3, TaskEvent.Type.COMPLETED);
        view.ignore(TAG);
        world.pass(20);
        // Then
        assertThat(world.told).isEmpty();
    }

    @Test
    void gapThatNoReadExplainsIsNotLookedForAnyMore() {
        // Given
        world.store(queued(ID));
        watch(TAG);
        world.happens(4, TaskEvent.Type.QUEUED);
        world.pass(1_000);
        // When
        view.ignore(TAG);
        world.pass(3_000);
        // Then
        assertThat(world.time.waiting()).isZero();
    }

    @Test
    void stepDuringTheReadOfATaskIsNotLostForItsTag() {
        // Given
        world.store(started(ID));
        watch(TAG);
        world.told.clear();
        // When
        view.watch(TASK);
        world.happens(3, TaskEvent.Type.COMPLETED);
        view.ignore(TASK);
        world.pass(20);
        // Then
        assertThat(world.told).containsExactly("completed 3");
    }

    @Test
    void stepsThatWaitForAnotherReadAreNotToldOfWhatIsNotWatchedAnyMore() {
        // Given
        view.watch(TAG);
        view.watch(new OfType("mail"));
        world.tasks.happened(step("tsk_other", 1, TaskEvent.Type.QUEUED));
        // When
        view.ignore(TAG);
        world.pass(20);
        // Then
        assertThat(world.told).containsExactly("found []");
    }
}
