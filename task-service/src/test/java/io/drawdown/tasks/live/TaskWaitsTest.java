package io.drawdown.tasks.live;

import io.drawdown.contracts.TaskEvent;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.tasks.live.TaskWaits.Wanted;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static io.drawdown.tasks.live.Watched.ID;
import static io.drawdown.tasks.live.Watched.completed;
import static io.drawdown.tasks.live.Watched.queued;
import static io.drawdown.tasks.live.Watched.started;
import static org.assertj.core.api.Assertions.assertThat;

class TaskWaitsTest {

    private final Watched world = new Watched();
    private final TaskWaits waits = new TaskWaits(world.tasks);
    private final List<Optional<TaskState.Name>> answers = new ArrayList<>();
    private final List<Throwable> faults = new ArrayList<>();

    private Cancellable ask(@Nullable String account, @Nullable Long seen) {
        Cancellable asked = waits.next(new Wanted(ID, account, seen, Duration.ofSeconds(20)))
                .map(found -> found.map(TaskDocument::state).map(TaskState::name))
                .subscribe()
                .with(answers::add, faults::add);
        world.pass(20);
        return asked;
    }

    @Test
    void nextStepIsAnsweredWithTheWholeTask() {
        // Given
        world.store(queued(ID));
        ask(null, null);
        // When
        world.store(started(ID));
        world.progresses(1, 1, 10);
        world.pass(100);
        int before = answers.size();
        world.happens(2, TaskEvent.Type.STARTED);
        world.pass(20);
        // Then
        assertThat(before).isZero();
        assertThat(answers).containsExactly(Optional.of(TaskState.Name.PROCESSING));
        assertThat(world.tasks.clients()).isZero();
    }

    @Test
    void taskThatIsOverOrFurtherThanTheClientKnowsIsAnsweredAtOnce() {
        // Given
        world.store(started(ID));
        // When
        ask("ada", 1L);
        world.store(completed(ID));
        ask("ada", null);
        ask("eve", null);
        // Then
        assertThat(answers)
                .containsExactly(
                        Optional.of(TaskState.Name.PROCESSING),
                        Optional.of(TaskState.Name.COMPLETED),
                        Optional.empty());
    }

    @Test
    void patienceEndsWithTheTaskAsItIs() {
        // Given
        world.store(queued(ID));
        ask(null, 1L);
        // When
        world.pass(19_900);
        int before = answers.size();
        world.pass(200);
        // Then
        assertThat(before).isZero();
        assertThat(answers).containsExactly(Optional.of(TaskState.Name.PENDING));
        assertThat(world.time.waiting()).isZero();
    }

    @Test
    void whileTheBrokerIsAwayAStepIsFoundWithinTwoSeconds() {
        // Given
        world.store(queued(ID));
        ask(null, null);
        world.tasks.brokerIsThere(false);
        world.pass(100);
        // When
        world.store(started(ID));
        world.pass(2_100);
        // Then
        assertThat(answers).containsExactly(Optional.of(TaskState.Name.PROCESSING));
    }

    @Test
    void clientThatHangsUpOrAnInstanceThatStopsFreesIt() {
        // Given
        world.store(queued(ID));
        Cancellable first = ask(null, null);
        ask(null, null);
        // When
        first.cancel();
        world.pass(1);
        int left = world.tasks.clients();
        world.tasks.stop();
        world.pass(20);
        // Then
        assertThat(left).isEqualTo(1);
        assertThat(answers).containsExactly(Optional.of(TaskState.Name.PENDING));
        assertThat(world.tasks.clients()).isZero();
        assertThat(world.time.waiting()).isZero();
    }

    @Test
    void databaseThatIsAwayIsTold() {
        // Given
        world.isAway = true;
        // When
        ask(null, null);
        // Then
        assertThat(faults).singleElement().isInstanceOf(Unavailable.class);
        assertThat(world.tasks.clients()).isZero();
    }
}
