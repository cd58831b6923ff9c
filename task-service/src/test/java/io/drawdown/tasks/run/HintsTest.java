package io.drawdown.tasks.run;

import io.drawdown.tasks.task.Ends;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.Runs;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Name;
import io.drawdown.tasks.task.TaskState.Processing;
import io.drawdown.tasks.testing.Tasks;
import io.drawdown.tasks.testing.World;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A hint hastens what the sweep finds a second later; it decides nothing. */
class HintsTest {

    private static final int ROOM = 4;

    private final World world = new World();

    @Test
    void idleInstanceIsDegradedWhileItsConsumersDoNotReachTheBroker() {
        // When
        world.core.brokerIsThere(false);
        boolean whileAway = world.core.health().isDegraded();
        world.core.brokerIsThere(true);
        // Then
        assertThat(whileAway).isTrue();
        assertThat(world.core.health().isDegraded()).isFalse();
    }

    @Test
    void theOthersAreToldOfATaskThatThereIsNoRoomFor() {
        // Given
        for (int each = 0; each < ROOM; each++) {
            world.send(world.spec("echo"));
        }
        assertThat(world.hints).isEmpty();
        // When
        world.send(world.spec("echo"));
        world.send(world.spec("elsewhere"));
        // Then
        assertThat(world.hints).containsExactly("echo waits in NORMAL", "elsewhere waits in NORMAL");
    }

    @Test
    void aTaskOfAnotherInstanceIsClaimedAtTheHint() {
        // Given
        world.pass(10_500);
        TaskDocument task = Tasks.waiting("tsk_other", world.spec("echo"));
        world.tasks.documents.put(task.id(), task);
        // When
        world.core.hinted().waiting("echo", Lane.NORMAL);
        world.pass(10);
        // Then
        assertThat(world.handlers.ids()).containsExactly(task.id());
    }

    @Test
    void withoutAHintAWaitingTaskIsClaimedWithinASecond() {
        // Given
        world.pass(10_500);
        TaskDocument task = Tasks.waiting("tsk_other", world.spec("echo"));
        world.tasks.documents.put(task.id(), task);
        // When
        world.pass(1_010);
        // Then
        assertThat(world.handlers.ids()).containsExactly(task.id());
    }

    @Test
    void withoutAHintAHandlerIsStoppedWithinASecondOfTheWish() {
        // Given
        TaskDocument task = world.send(world.spec("echo"));
        world.pass(10_500);
        TaskDocument stored = world.tasks.one(task.id());
        TaskDocument wish = Ends.cancel(stored, Policy.DEFAULT, world.now());
        world.tasks.documents.put(
                task.id(), wish.written("w-other", stored.outbox().seq()));
        // When
        world.pass(1_010);
        // Then
        assertThat(world.handlers.last().cancelled).isTrue();
    }

    @Test
    void aHandlerIsStoppedAtTheHintIfTheStoreSaysSo() {
        // Given
        TaskDocument task = world.send(world.spec("echo"));
        world.pass(10_500);
        TaskDocument stored = world.tasks.one(task.id());
        String owner = ((Processing) stored.state()).owner();
        world.core.hinted().cancelAsked(owner);
        world.pass(10);
        assertThat(world.handlers.last().cancelled).isFalse();
        // When
        TaskDocument wish = Ends.cancel(stored, Policy.DEFAULT, world.now());
        world.tasks.documents.put(
                task.id(), wish.written("w-other", stored.outbox().seq()));
        world.core.hinted().cancelAsked("another");
        world.pass(10);
        assertThat(world.handlers.last().cancelled).isFalse();
        world.core.hinted().cancelAsked(owner);
        world.pass(10);
        // Then
        assertThat(world.handlers.last().cancelled).isTrue();
    }

    @Test
    void theWorkerOfATaskIsToldThatItShouldBeCancelled() {
        // Given
        TaskDocument running = Runs.claim(Tasks.waiting("tsk_other", world.spec("echo")), "other-1", world.now())
                .written("w-1", 0);
        world.tasks.documents.put(running.id(), running);
        // When
        TaskDocument answer =
                world.now(world.core.control().cancel(running.id())).orElseThrow();
        // Then
        assertThat(answer.state().name()).isEqualTo(Name.PROCESSING);
        assertThat(world.hints).containsExactly("cancel at other-1");
    }
}
