package io.drawdown.tasks.control;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.testing.Calls.Fault;
import io.drawdown.tasks.testing.MemoryQueues;
import io.drawdown.tasks.testing.MemoryQueues.Call;
import io.drawdown.tasks.testing.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class QueuesTest {

    private final World world = new World();

    @Test
    void tasksOfAPausedTypeWaitAndOthersDoNot() {
        // Given
        world.now(world.core.queues().pause("echo").replaceWith("done"));
        // When
        TaskDocument paused = world.send(world.spec("echo"));
        TaskDocument other = world.send(world.spec("mail"));
        world.pass(5_000);
        // Then
        assertThat(world.handlers.ids()).containsExactly(other.id());
        assertThat(world.core.queues().isPaused("echo")).isTrue();
        world.now(world.core.queues().resume("echo").replaceWith("done"));
        world.pass(20);
        assertThat(world.handlers.ids()).containsExactly(other.id(), paused.id());
    }

    @Test
    void whatRunsGoesOn() {
        // Given
        TaskDocument task = world.send(world.spec("echo"));
        // When
        world.now(world.core.queues().pause("echo").replaceWith("done"));
        world.handlers.last().completes("{}");
        world.pass(100);
        // Then
        assertThat(world.tasks.one(task.id()).isOver()).isTrue();
    }

    @Test
    void aPauseByAnotherInstanceHoldsAfterTheNextRenewal() {
        // Given
        world.queues.paused.add("echo");
        world.pass(3_100);
        // When
        world.send(world.spec("echo"));
        world.pass(2_000);
        // Then
        assertThat(world.handlers.started).isEmpty();
        world.queues.paused.clear();
        world.pass(3_100);
        assertThat(world.handlers.started).hasSize(1);
    }

    @Test
    void anAnswerToAnEarlierQuestionDoesNotHideALaterOne() {
        // Given
        List<Runnable> wire = new ArrayList<>();
        List<Set<String>> heard = new ArrayList<>();
        MemoryQueues store = new MemoryQueues(wire::add);
        Queues queues = new Queues(store, heard::add);
        queues.refresh();
        Runnable earlier = wire.removeFirst();
        queues.refresh();
        Runnable later = wire.removeFirst();
        // When
        store.paused.add("echo");
        later.run();
        store.paused.clear();
        earlier.run();
        // Then
        assertThat(queues.isPaused("echo")).isTrue();
        assertThat(heard).containsExactly(Set.of("echo"));
    }

    @Test
    void aPauseThatIsStoredIsNotSaidNotToHaveHappened() {
        // Given
        world.queues.calls.failNext(Call.PAUSED, Fault.UNAVAILABLE);
        // When, Then
        assertThatThrownBy(() -> world.now(world.core.queues().pause("echo").replaceWith("done")))
                .isInstanceOf(OutcomeUnknown.class);
        assertThat(world.queues.paused).containsExactly("echo");
    }

    @Test
    void ifTheSwitchesCannotBeReadWhatWasKnownHolds() {
        // Given
        world.now(world.core.queues().pause("echo").replaceWith("done"));
        world.queues.calls.failNext(Call.PAUSED, Fault.UNAVAILABLE, Fault.UNAVAILABLE);
        // When
        world.send(world.spec("echo"));
        world.pass(5_000);
        // Then
        assertThat(world.handlers.started).isEmpty();
    }
}
