package io.drawdown.tasks.control;

import io.drawdown.tasks.control.TaskControl.Replay;
import io.drawdown.tasks.enqueue.Enqueued;
import io.drawdown.tasks.enqueue.NewTask;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.Reason;
import io.drawdown.tasks.task.Spec;
import io.drawdown.tasks.task.Spec.Labels;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Name;
import io.drawdown.tasks.testing.World;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TaskControlTest {

    private final World world = new World();

    @Test
    void aWaitingTaskIsCancelledAtOnce() {
        // Given
        TaskDocument task = world.send(world.spec("elsewhere"));
        // When
        TaskDocument answer = world.now(control().cancel(task.id())).orElseThrow();
        // Then
        assertThat(answer.state().name()).isEqualTo(Name.CANCELLED);
    }

    @Test
    void aRunningTaskIsToldAndThenCancelled() {
        // Given
        TaskDocument task = world.send(world.spec("echo"));
        // When
        TaskDocument answer = world.now(control().cancel(task.id())).orElseThrow();
        // Then
        assertThat(answer.isCancelAsked()).isTrue();
        assertThat(world.handlers.last().cancelled).isTrue();
        world.handlers.last().stops();
        world.pass(100);
        assertThat(world.tasks.one(task.id()).state().name()).isEqualTo(Name.CANCELLED);
    }

    @Test
    void aCompletionThatComesFirstWins() {
        // Given
        TaskDocument task = world.send(world.spec("echo"));
        world.now(control().cancel(task.id()));
        // When
        world.handlers.last().completes("{}");
        world.pass(100);
        // Then
        assertThat(world.tasks.one(task.id()).state().name()).isEqualTo(Name.COMPLETED);
        assertThat(world.now(control().cancel(task.id())).orElseThrow().state().name())
                .isEqualTo(Name.COMPLETED);
    }

    @Test
    void aTaskThatIsBeingCancelledIsNotTriedAgain() {
        // Given
        TaskDocument task = world.send(world.spec("echo"));
        world.now(control().cancel(task.id()));
        // When
        world.handlers.last().fails(Reason.TEMPORARY, "away");
        world.pass(60_000);
        // Then
        assertThat(world.tasks.one(task.id()).state().name()).isEqualTo(Name.CANCELLED);
        assertThat(world.handlers.started).hasSize(1);
    }

    @Test
    void theNextLifeOfADeadTaskBeginsFromNothing() {
        // Given
        TaskDocument task = world.send(world.spec("echo"));
        world.handlers.last().fails(Reason.PERMANENT, "broken");
        world.pass(100);
        // When
        Replay answer = world.now(control().replay(task.id()));
        world.pass(100);
        // Then
        assertThat(answer).isInstanceOf(Replay.Begun.class);
        TaskDocument again = world.handlers.last().task;
        assertThat(again.counters().life()).isEqualTo(2);
        assertThat(again.counters().runs()).isEqualTo(1);
        assertThat(again.counters().fence()).isEqualTo(3);
        assertThat(again.runHistory().pastAttempts()).hasSize(1);
    }

    @Test
    void whatIsNotOverOrIsCompletedCannotBeReplayed() {
        // Given
        TaskDocument task = world.send(world.spec("echo"));
        // When, Then
        assertThat(world.now(control().replay(task.id()))).isInstanceOf(Replay.NotOver.class);
        world.handlers.last().completes("{}");
        world.pass(100);
        assertThat(world.now(control().replay(task.id()))).isInstanceOf(Replay.NotOver.class);
        assertThat(world.now(control().replay("tsk_none"))).isInstanceOf(Replay.NotFound.class);
    }

    @Test
    void aReplayDoesNotTakeAUniqueKeyFromItsHolder() {
        // Given
        TaskDocument failed = world.send(unique());
        world.handlers.last().fails(Reason.PERMANENT, "broken");
        world.pass(100);
        TaskDocument holder = world.send(unique());
        // When
        Replay answer = world.now(control().replay(failed.id()));
        // Then
        assertThat(answer).isInstanceOfSatisfying(Replay.KeyHeld.class, held -> assertThat(
                        held.holder().id())
                .isEqualTo(holder.id()));
        assertThat(world.tasks.one(failed.id()).state().name()).isEqualTo(Name.FAILED);
    }

    @Test
    void aReplayTakesItsUniqueKeyAgain() {
        // Given
        TaskDocument failed = world.send(unique());
        world.handlers.last().fails(Reason.PERMANENT, "broken");
        world.pass(100);
        world.now(control().replay(failed.id()));
        // When
        Enqueued answer = world.answer(new NewTask(null, unique(), null));
        // Then
        assertThat(answer).isInstanceOf(Enqueued.Deduplicated.class);
    }

    @Test
    void aTaskThatWaitsIsMovedToAnotherLane() {
        // Given
        TaskDocument task = world.send(world.spec("elsewhere"));
        // When
        TaskDocument moved =
                world.now(control().move(task.id(), Lane.URGENT, null)).orElseThrow();
        // Then
        assertThat(moved.spec().lane()).isEqualTo(Lane.URGENT);
        assertThat(moved.isReady()).isTrue();
    }

    @Test
    void aTaskThatWaitsForItsOrderKeyIsMovedToAnotherLaneAndStaysBehindItsHead() {
        // Given
        TaskDocument head = world.send(ordered());
        TaskDocument behind = world.send(ordered());
        world.pass(200);
        assertThat(world.tasks.one(behind.id()).isReady()).isFalse();
        // When
        TaskDocument moved =
                world.now(control().move(behind.id(), Lane.URGENT, null)).orElseThrow();
        // Then
        assertThat(moved.spec().lane()).isEqualTo(Lane.URGENT);
        assertThat(moved.isReady()).isFalse();
        world.handlers.last().completes("{}");
        world.pass(200);
        assertThat(world.handlers.ids()).containsExactly(head.id(), behind.id());
        assertThat(world.handlers.last().task.spec().lane()).isEqualTo(Lane.URGENT);
    }

    private Spec ordered() {
        Spec spec = world.spec("echo");
        Labels labels = new Labels(null, null, null, null, "k");
        return new Spec(spec.type(), "{}", spec.lane(), spec.tenant(), spec.sender(), labels, null);
    }

    private TaskControl control() {
        return world.core.control();
    }

    private Spec unique() {
        Spec spec = world.spec("echo");
        Labels labels = new Labels(null, null, null, "k", null);
        return new Spec(spec.type(), "{}", spec.lane(), spec.tenant(), spec.sender(), labels, null);
    }
}
