package io.drawdown.tasks.task;

import io.drawdown.tasks.task.StateChange.RunEnd;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static io.drawdown.tasks.testing.Tasks.AT;
import static io.drawdown.tasks.testing.Tasks.FAILURE;
import static io.drawdown.tasks.testing.Tasks.moment;
import static io.drawdown.tasks.testing.Tasks.waiting;
import static org.assertj.core.api.Assertions.assertThat;

class StateChangeTest {

    private static final TaskDocument WAITING = waiting("tsk_a");
    private static final TaskDocument RUNNING = Runs.claim(WAITING, "me", AT);
    private static final TaskDocument ASKED = Ends.cancel(RUNNING, Policy.DEFAULT, AT);

    @Test
    void newTaskEntersItsState() {
        StateChange change = StateChange.of(null, WAITING);
        assertThat(change).isEqualTo(new StateChange(null, pending(), null));
        assertThat(change.isStart()).isFalse();
    }

    @Test
    void taskThatIsBornRunningStarts() {
        StateChange change = StateChange.of(null, RUNNING);
        assertThat(change.entered()).isEqualTo(processing());
        assertThat(change.isStart()).isTrue();
    }

    @Test
    void claimIsToldFromItsDocumentAlone() {
        assertThat(StateChange.claimed(RUNNING))
                .isEqualTo(StateChange.of(WAITING, RUNNING))
                .isEqualTo(new StateChange(pending(), processing(), null));
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                Arguments.of(RUNNING, Runs.complete(RUNNING, "{}", Policy.DEFAULT, AT), RunEnd.COMPLETED),
                Arguments.of(RUNNING, fail(Reason.TEMPORARY), RunEnd.FAILED),
                Arguments.of(RUNNING, fail(Reason.PERMANENT), RunEnd.FAILED),
                Arguments.of(RUNNING, fail(Reason.TIMEOUT), RunEnd.FAILED),
                Arguments.of(RUNNING, Runs.crash(RUNNING, Policy.DEFAULT, AT), RunEnd.FAILED),
                Arguments.of(RUNNING, Runs.handBack(RUNNING, Policy.DEFAULT, AT), RunEnd.STOPPED),
                Arguments.of(ASKED, Runs.cancel(ASKED, Policy.DEFAULT, AT), RunEnd.STOPPED));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void endOfARunSaysWhatItCameTo(TaskDocument before, TaskDocument next, RunEnd end) {
        StateChange change = StateChange.of(before, next);
        assertThat(change).isEqualTo(new StateChange(processing(), Standing.of(next), end));
        assertThat(change.isStart()).isFalse();
    }

    @Test
    void whatHappensWithinAStateChangesNoNumber() {
        assertThat(StateChange.of(RUNNING, ASKED).isSame()).isTrue();
        assertThat(StateChange.of(RUNNING, ASKED).run()).isNull();
        assertThat(StateChange.of(WAITING, Waits.move(WAITING, Lane.LOW)).isSame())
                .isFalse();
    }

    @Test
    void removedRecordLeavesItsState() {
        assertThat(StateChange.removed(pending())).isEqualTo(new StateChange(pending(), null, null));
    }

    @Test
    void taskThatWasNeverStartedEndsNoRun() {
        assertThat(StateChange.of(WAITING, Ends.cancel(WAITING, Policy.DEFAULT, AT))
                        .run())
                .isNull();
    }

    private static TaskDocument fail(Reason reason) {
        return Runs.fail(
                RUNNING,
                new TaskFailure(reason, FAILURE.error(), null),
                Duration.ofSeconds(1),
                Policy.DEFAULT,
                moment(AT));
    }

    private static Standing pending() {
        return new Standing("echo", Lane.NORMAL, "acme", TaskState.Name.PENDING);
    }

    private static Standing processing() {
        return new Standing("echo", Lane.NORMAL, "acme", TaskState.Name.PROCESSING);
    }
}
