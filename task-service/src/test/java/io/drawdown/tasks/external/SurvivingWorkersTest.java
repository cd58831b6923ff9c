package io.drawdown.tasks.external;

import io.drawdown.tasks.task.Attempt;
import io.drawdown.tasks.task.Reason;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskFailure;
import io.drawdown.tasks.task.TaskState.Name;
import io.drawdown.tasks.task.TaskState.Pending;
import io.drawdown.tasks.testing.World;
import java.util.List;
import org.junit.jupiter.api.Test;

import static io.drawdown.tasks.external.Elsewhere.request;
import static io.drawdown.tasks.external.Elsewhere.run;
import static org.assertj.core.api.Assertions.assertThat;

/** A worker elsewhere that was given up for dead and lives: no task is to blame for that. */
class SurvivingWorkersTest {

    private final World world = new World();
    private final Elsewhere elsewhere = new Elsewhere(world);

    @Test
    void aCrashDoesNotCountOnceItsWorkerSpeaks() {
        // Given
        TaskDocument task = elsewhere.send();
        TaskDocument leased = lapse("w");
        assertThat(elsewhere.read(task).counters().crashes()).isEqualTo(1);
        // When
        RunAnswer answer = elsewhere.complete(leased);
        RunAnswer again = elsewhere.complete(leased);
        // Then
        assertThat(answer).isInstanceOf(RunAnswer.Refused.class);
        assertThat(again).isInstanceOf(RunAnswer.Refused.class);
        assertThat(elsewhere.read(task).counters().crashes()).isZero();
        assertThat(elsewhere.read(task).counters().retries()).isZero();
        assertThat(reasons(task)).containsExactly(Reason.HANDED_BACK);
    }

    @Test
    void aSuspectThatIsNoneAnyMoreWaitsAmongTheOthersAgain() {
        // Given
        TaskDocument task = elsewhere.send();
        lapse("first");
        TaskDocument second = lapse("second");
        assertThat(queueOf(task)).isEqualTo("!elsewhere");
        world.hints.clear();
        // When
        elsewhere.complete(second);
        // Then
        assertThat(world.hints).containsExactly("elsewhere waits in NORMAL");
        assertThat(elsewhere.read(task).counters().crashes()).isEqualTo(1);
        assertThat(queueOf(task)).isEqualTo("elsewhere");
        assertThat(reasons(task)).containsExactly(Reason.CRASHED, Reason.HANDED_BACK);
        assertThat(elsewhere.ask(request("third", 1, null)).tasks()).hasSize(1);
    }

    @Test
    void aWorkerThatSpeaksBeforeTheVerdictSavesTheTask() {
        // Given
        TaskDocument task = elsewhere.send();
        TaskDocument first = lapse("first");
        lapse("second");
        lapse("third");
        assertThat(elsewhere.read(task).state().name()).isEqualTo(Name.SCHEDULED);
        // When
        world.now(world.core.external().runs().fail(run(first), TaskFailure.of(Reason.TEMPORARY), null));
        world.pass(16_000);
        // Then
        assertThat(elsewhere.read(task).state().name()).isEqualTo(Name.PENDING);
        assertThat(elsewhere.read(task).counters().crashes()).isEqualTo(2);
        assertThat(elsewhere.read(task).counters().retries()).isZero();
    }

    @Test
    void aWorkerSpeaksForItsOwnRunOnly() {
        // Given
        TaskDocument task = elsewhere.send();
        TaskDocument first = lapse("first");
        lapse("second");
        TaskDocument before = elsewhere.read(task);
        long fence = first.counters().fence();
        // When
        for (Worker.Run wrong : List.of(
                new Worker.Run(task.id(), "another", fence),
                new Worker.Run(task.id(), "shop", fence + 2),
                new Worker.Run(task.id(), "shop", 0))) {
            world.now(world.core.external().runs().complete(wrong, "{}"));
        }
        // Then
        assertThat(elsewhere.read(task)).isEqualTo(before);
    }

    @Test
    void theRunOfAnotherWorkerGoesOn() {
        // Given
        TaskDocument task = elsewhere.send();
        TaskDocument first = lapse("first");
        TaskDocument second = elsewhere.ask(request("second", 1, null)).tasks().getFirst();
        // When
        elsewhere.complete(first);
        // Then
        assertThat(elsewhere.read(task).counters().crashes()).isZero();
        assertThat(elsewhere.complete(second)).isInstanceOf(RunAnswer.Accepted.class);
        assertThat(elsewhere.read(task).state().name()).isEqualTo(Name.COMPLETED);
    }

    @Test
    void aTaskWhoseWorkersAreAlwaysTooSlowDoesNotRunForEver() {
        // Given
        TaskDocument task = elsewhere.send();
        // When
        for (int run = 0; run < 30 && !elsewhere.read(task).isOver(); run++) {
            elsewhere.complete(lapse("w" + run));
            world.pass(16_000);
        }
        // Then
        assertThat(elsewhere.read(task).state().name()).isEqualTo(Name.DEAD);
        assertThat(elsewhere.read(task).counters().runs()).isBetween(21, 25);
    }

    @Test
    void aCrashOfAnEarlierLifeIsOver() {
        // Given
        TaskDocument task = elsewhere.send();
        TaskDocument first = lapse("first");
        world.now(world.core.control().cancel(task.id()));
        world.now(world.core.control().replay(task.id()));
        TaskDocument before = elsewhere.read(task);
        // When
        elsewhere.complete(first);
        // Then
        assertThat(elsewhere.read(task)).isEqualTo(before);
    }

    /** The worker leases the task, and is silent for too long. */
    private TaskDocument lapse(String worker) {
        TaskDocument leased = elsewhere.ask(request(worker, 1, null)).tasks().getFirst();
        world.pass(31_100);
        return leased;
    }

    private String queueOf(TaskDocument task) {
        return elsewhere.read(task).state() instanceof Pending pending && pending.ready() != null
                ? pending.ready().queue()
                : "";
    }

    private List<Reason> reasons(TaskDocument task) {
        return elsewhere.read(task).runHistory().pastAttempts().stream()
                .map(Attempt::failure)
                .map(TaskFailure::reason)
                .toList();
    }
}
