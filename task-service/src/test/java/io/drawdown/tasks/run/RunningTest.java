package io.drawdown.tasks.run;

import io.drawdown.contracts.TaskEvent;
import io.drawdown.tasks.task.Attempt;
import io.drawdown.tasks.task.Reason;
import io.drawdown.tasks.task.RunHistory.LogLine;
import io.drawdown.tasks.task.RunHistory.Progress;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Completed;
import io.drawdown.tasks.task.TaskState.Dead;
import io.drawdown.tasks.task.TaskState.Failed;
import io.drawdown.tasks.task.TaskState.Name;
import io.drawdown.tasks.testing.Calls.Fault;
import io.drawdown.tasks.testing.MemoryTasks.Call;
import io.drawdown.tasks.testing.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RunningTest {

    private final World world = new World();

    @Test
    void aTaskIsBornRunningCompletesAndSaysSo() {
        // Given
        TaskDocument task = world.send(world.spec("echo"));
        assertThat(task.state().name()).isEqualTo(Name.PROCESSING);
        // When
        world.handlers.last().completes("{\"a\":1}");
        world.pass(3_000);
        // Then
        TaskDocument over = world.tasks.one(task.id());
        assertThat(over.state()).isInstanceOfSatisfying(Completed.class, end -> assertThat(end.result())
                .isEqualTo("{\"a\":1}"));
        assertThat(over.runHistory().pastAttempts()).hasSize(1).allMatch(attempt -> attempt.failure() == null);
        assertThat(over.outbox().pending()).isNull();
        assertThat(world.eventsOf(task.id()))
                .containsExactly(TaskEvent.Type.QUEUED, TaskEvent.Type.STARTED, TaskEvent.Type.COMPLETED);
        assertThat(over.rev()).as("two writes and a trim").isEqualTo(2);
    }

    @Test
    void aTemporaryFailureIsTriedAgainAndThenTheTaskIsDead() {
        // Given
        TaskDocument task = world.send(world.spec("echo"));
        for (int attempt = 1; attempt <= 3; attempt++) {
            world.handlers.last().fails(Reason.TEMPORARY, "away");
            world.pass(100);
            assertThat(world.tasks.one(task.id()).state().name()).isEqualTo(Name.SCHEDULED);
            assertThat(world.core.health().running())
                    .as("a retry holds no slot")
                    .isZero();
            world.pass(31_000);
            assertThat(world.handlers.started).hasSize(attempt + 1);
        }
        // When
        world.handlers.last().fails(Reason.TEMPORARY, "away");
        world.pass(3_000);
        // Then
        TaskDocument dead = world.tasks.one(task.id());
        assertThat(dead.state()).isInstanceOf(Dead.class);
        assertThat(dead.counters().retries()).isEqualTo(3);
        assertThat(dead.runHistory().pastAttempts())
                .hasSize(4)
                .extracting(Attempt::failure)
                .allMatch(failure -> failure != null && "PlayedFailure".equals(failure.error()));
        assertThat(world.eventsOf(task.id())).endsWith(TaskEvent.Type.STARTED, TaskEvent.Type.DEAD_LETTERED);
    }

    @Test
    void aPermanentFailureIsNotTriedAgain() {
        // Given
        TaskDocument task = world.send(world.spec("echo"));
        // When
        world.handlers.last().fails(Reason.PERMANENT, "no such claim");
        world.pass(60_000);
        // Then
        assertThat(world.tasks.one(task.id()).state())
                .isInstanceOfSatisfying(
                        Failed.class, end -> assertThat(end.failure().message()).isEqualTo("no such claim"));
        assertThat(world.handlers.started).hasSize(1);
    }

    @Test
    void fiveTasksThatFailDoNotBlockTheSixth() {
        // Given
        for (int each = 0; each < 4; each++) {
            world.send(world.spec("echo"));
        }
        List.copyOf(world.handlers.started).forEach(run -> run.fails(Reason.TEMPORARY, "away"));
        world.pass(50);
        // When
        TaskDocument sixth = world.send(world.spec("echo"));
        // Then
        assertThat(world.handlers.last().task.id()).isEqualTo(sixth.id());
    }

    @Test
    void moreThanThereIsRoomForWaitsItsTurn() {
        // Given: room for four of the type
        for (int each = 0; each < 7; each++) {
            world.send(world.spec("echo"));
        }
        assertThat(world.handlers.started).hasSize(4);
        // When
        world.handlers.started.getFirst().completes("{}");
        world.pass(20);
        // Then
        assertThat(world.handlers.started).hasSize(5);
        assertThat(world.handlers.ids()).isSorted();
    }

    @Test
    void anAttemptThatTakesTooLongIsStoppedAndTriedAgain() {
        // Given
        TaskDocument task = world.send(world.spec("echo"));
        // When
        world.pass(Duration.ofMinutes(10).toMillis());
        assertThat(world.handlers.last().cancelled).isTrue();
        world.handlers.last().stops();
        world.pass(100);
        // Then
        TaskDocument stored = world.tasks.one(task.id());
        assertThat(stored.state().name()).isEqualTo(Name.SCHEDULED);
        assertThat(stored.runHistory().pastAttempts().getLast().failure())
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT));
    }

    @Test
    void aHandlerThatDoesNotStopIsAbandonedAndItsSlotIsFree() {
        // Given
        TaskDocument task = world.send(world.spec("echo"));
        world.now(world.core.control().cancel(task.id()));
        assertThat(world.handlers.last().cancelled).isTrue();
        // When
        world.pass(11_000);
        // Then
        assertThat(world.handlers.last().abandoned).isTrue();
        assertThat(world.counted.abandoned).isEqualTo(1);
        assertThat(world.core.health().running()).isZero();
        assertThat(world.tasks.one(task.id()).state().name()).isEqualTo(Name.CANCELLED);
        world.handlers.last().completes("late");
        world.pass(1_000);
        assertThat(world.tasks.one(task.id()).state().name()).isEqualTo(Name.CANCELLED);
    }

    @Test
    void theGreatestProgressIsStoredAtOnceAndThenOncePerSecond() {
        // Given
        TaskDocument task = world.send(world.spec("echo"));
        int before = world.tasks.calls.count(Call.REPLACE_ALL);
        // When
        for (int percent = 10; percent <= 60; percent += 10) {
            world.handlers.last().listener.reported(new Progress(percent, "at " + percent), List.of());
            world.pass(100);
            assertThat(world.tasks.one(task.id()).runHistory().progress()).isEqualTo(new Progress(10, "at 10"));
        }
        world.handlers
                .last()
                .listener
                .reported(new Progress(20, "back"), List.of(new LogLine(world.now(), 1, "a line")));
        world.pass(1_500);
        // Then
        assertThat(world.tasks.one(task.id()).runHistory().progress()).isEqualTo(new Progress(60, "at 60"));
        assertThat(world.tasks.one(task.id()).runHistory().logged()).hasSize(1);
        assertThat(world.tasks.calls.count(Call.REPLACE_ALL) - before).isEqualTo(2);
        world.pass(1_000);
        world.handlers.last().listener.reported(new Progress(70, "at 70"), List.of());
        world.pass(10);
        assertThat(world.tasks.one(task.id()).runHistory().progress()).isEqualTo(new Progress(70, "at 70"));
    }

    @Test
    void aLogLineAloneWaitsForASecondAndGoesWithTheProgress() {
        // Given
        TaskDocument task = world.send(world.spec("echo"));
        // When
        world.handlers.last().listener.reported(null, List.of(new LogLine(world.now(), 1, "one")));
        world.pass(100);
        assertThat(world.tasks.one(task.id()).runHistory().logged()).isEmpty();
        world.handlers.last().listener.reported(new Progress(1, null), List.of(new LogLine(world.now(), 1, "two")));
        world.pass(10);
        // Then
        assertThat(world.tasks.one(task.id()).runHistory().logged()).hasSize(2);
        world.handlers.last().listener.reported(null, List.of(new LogLine(world.now(), 1, "three")));
        world.pass(1_500);
        assertThat(world.tasks.one(task.id()).runHistory().logged()).hasSize(3);
    }

    @Test
    void aStepIsKeptBeforeItsHandlerHears() {
        // Given
        TaskDocument task = world.send(world.spec("echo"));
        // When
        world.now(world.handlers.last().listener.stepDone("charge", "7").replaceWith("kept"));
        // Then
        assertThat(world.tasks.one(task.id()).runHistory().doneSteps()).containsEntry("charge", "7");
        world.handlers.last().fails(Reason.TEMPORARY, "away");
        world.pass(31_000);
        assertThat(world.handlers.last().task.runHistory().doneSteps()).containsEntry("charge", "7");
    }

    @Test
    void anEndWhoseAnswerIsLostIsWrittenOnce() {
        // Given
        TaskDocument task = world.send(world.spec("echo"));
        world.tasks.calls.failNext(Call.REPLACE_ALL, Fault.ANSWER_LOST);
        // When
        world.handlers.last().completes("{}");
        world.pass(5_000);
        // Then
        assertThat(world.tasks.one(task.id()).state()).isInstanceOf(Completed.class);
        assertThat(world.eventsOf(task.id()))
                .containsExactly(TaskEvent.Type.QUEUED, TaskEvent.Type.STARTED, TaskEvent.Type.COMPLETED);
        assertThat(world.counted.finished).isEqualTo(1);
        assertThat(world.handlers.started).hasSize(1);
    }

    @Test
    void aResultIsKeptWhileTheDatabaseIsAway() {
        // Given
        TaskDocument task = world.send(world.spec("echo"));
        world.tasks.calls.away = true;
        // When
        world.handlers.last().completes("{\"kept\":true}");
        world.pass(5_000);
        world.tasks.calls.away = false;
        world.pass(6_000);
        // Then
        assertThat(world.tasks.one(task.id()).state())
                .isInstanceOfSatisfying(
                        Completed.class, end -> assertThat(end.result()).contains("kept"));
        assertThat(world.handlers.started).hasSize(1);
    }

    @Test
    void eventsWaitInTheirDocumentsWhileTheBrokerIsAway() {
        // Given
        world.brokerAway = true;
        TaskDocument task = world.send(world.spec("echo"));
        // When
        world.handlers.last().completes("{}");
        world.pass(20_000);
        assertThat(world.tasks.one(task.id()).state()).isInstanceOf(Completed.class);
        assertThat(world.events).isEmpty();
        world.brokerAway = false;
        world.pass(10_000);
        // Then
        assertThat(world.eventsOf(task.id()))
                .containsExactly(TaskEvent.Type.QUEUED, TaskEvent.Type.STARTED, TaskEvent.Type.COMPLETED);
        assertThat(world.tasks.one(task.id()).outbox().pending()).isNull();
    }

    @Test
    void whenTheLeaseIsInDoubtHandlersStopAndTheTaskGoesBack() {
        // Given
        TaskDocument task = world.send(world.spec("echo"));
        world.incarnations.away = true;
        // When
        world.pass(9_000);
        assertThat(world.handlers.last().cancelled).isTrue();
        assertThat(world.core.health().leased()).isFalse();
        world.handlers.last().stops();
        world.pass(100);
        // Then
        TaskDocument back = world.tasks.one(task.id());
        assertThat(back.isReady()).isTrue();
        assertThat(back.counters().retries()).isZero();
        assertThat(back.counters().crashes()).isZero();
        world.incarnations.away = false;
        world.pass(4_000);
        assertThat(world.handlers.started).hasSize(2);
    }

    @Test
    void aStopWaitsForWhatRunsAndLeavesNothingProcessing() {
        // Given
        TaskDocument quick = world.send(world.spec("echo"));
        TaskDocument slow = world.send(world.spec("echo"));
        // When
        boolean[] done = new boolean[1];
        world.core.stop().subscribe().with(isDone -> done[0] = isDone);
        world.pass(1_000);
        world.handlers.started.get(0).completes("{}");
        TaskDocument late = world.send(world.spec("echo"));
        world.pass(30_000);
        assertThat(world.handlers.started.get(1).cancelled).isTrue();
        world.handlers.started.get(1).stops();
        world.pass(3_000);
        // Then
        assertThat(done[0]).isTrue();
        assertThat(world.tasks.one(quick.id()).state().name()).isEqualTo(Name.COMPLETED);
        assertThat(world.tasks.one(slow.id()).isReady()).isTrue();
        assertThat(world.tasks.one(late.id()).isReady()).isTrue();
        assertThat(world.handlers.started).hasSize(2);
    }
}
