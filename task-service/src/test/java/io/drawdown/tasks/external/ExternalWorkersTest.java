package io.drawdown.tasks.external;

import io.drawdown.tasks.control.TaskControl;
import io.drawdown.tasks.external.Leased.Granted;
import io.drawdown.tasks.external.LeasedRuns.Report;
import io.drawdown.tasks.external.Worker.Run;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.Reason;
import io.drawdown.tasks.task.Runs;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskFailure;
import io.drawdown.tasks.task.TaskState.Name;
import io.drawdown.tasks.task.TaskState.Processing;
import io.drawdown.tasks.testing.Calls.Fault;
import io.drawdown.tasks.testing.MemoryTasks.Call;
import io.drawdown.tasks.testing.Tasks;
import io.drawdown.tasks.testing.World;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ExternalWorkersTest {

    private static final Duration VISIBILITY = Duration.ofSeconds(30);
    private static final Report NOTHING = new Report(null, List.of());

    private final World world = new World();

    @Test
    void aWorkerWaitsUntilThereIsATask() {
        // Given
        List<Leased> answers = new ArrayList<>();
        ask(request("w", 2, null), answers);
        world.pass(3_000);
        assertThat(answers).isEmpty();
        // When
        TaskDocument task = world.send(world.spec("elsewhere"));
        world.pass(10);
        // Then
        assertThat(tasks(answers.getFirst())).extracting(TaskDocument::id).containsExactly(task.id());
        assertThat(stateOf(task).owner()).isEqualTo("ext:shop:w");
        assertThat(stateOf(task).leaseUntil()).isNotNull();
    }

    @Test
    void aWorkerThatWaitedLongEnoughGetsNothing() {
        // Given
        List<Leased> answers = new ArrayList<>();
        // When
        ask(request("w", 1, null), answers);
        world.pass(20_100);
        // Then
        assertThat(answers).containsExactly(new Granted(List.of(), false));
    }

    @Test
    void waitingWorkersGetTheTasksInTheOrderInWhichTheyCame() {
        // Given
        List<Leased> first = new ArrayList<>();
        List<Leased> second = new ArrayList<>();
        ask(request("first", 1, null), first);
        ask(request("second", 1, null), second);
        // When
        TaskDocument task = world.send(world.spec("elsewhere"));
        world.pass(100);
        // Then
        assertThat(tasks(first.getFirst())).hasSize(1);
        assertThat(second).isEmpty();
        assertThat(stateOf(task).owner()).isEqualTo("ext:shop:first");
    }

    @Test
    void aWorkerThatIsGoneLeasesNothing() {
        // Given
        LeaseRequest request = request("w", 1, null);
        ask(request, new ArrayList<>());
        // When
        world.core.external().withdraw(request);
        TaskDocument task = world.send(world.spec("elsewhere"));
        world.pass(2_000);
        // Then
        assertThat(read(task).state().name()).isEqualTo(Name.PENDING);
    }

    @Test
    void pausedTypesAreNotLeased() {
        // Given
        world.now(world.core.queues().pause("elsewhere").replaceWith(true));
        TaskDocument task = world.send(world.spec("elsewhere"));
        List<Leased> answers = new ArrayList<>();
        // When
        ask(request("w", 1, null), answers);
        world.pass(3_000);
        // Then
        assertThat(read(task).state().name()).isEqualTo(Name.PENDING);
        world.now(world.core.queues().resume("elsewhere").replaceWith(true));
        world.pass(1_100);
        assertThat(tasks(answers.getFirst())).hasSize(1);
    }

    @Test
    void aRequestWhoseAnswerWasLostLeasesNothingMoreWhenItIsRepeated() {
        // Given
        TaskDocument task = world.send(world.spec("elsewhere"));
        world.send(world.spec("elsewhere"));
        LeaseRequest request = request("w", 1, new LeaseRequest.Key("key", "hash"));
        world.tasks.calls.failNext(Call.REPLACE_ALL, Fault.ANSWER_LOST);
        assertThatThrownBy(() -> world.now(world.core.external().lease(request)))
                .hasMessageContaining("answer");
        // When
        Leased repeated = world.now(world.core.external().lease(request));
        // Then
        assertThat(repeated).isEqualTo(new Granted(List.of(read(task)), true));
        LeaseRequest other = request("w", 2, new LeaseRequest.Key("key", "other"));
        assertThat(world.now(world.core.external().lease(other))).isEqualTo(new Leased.KeyReused());
    }

    @Test
    void aRequestAndItsRepeatAtTheSameTimeLeaseOnlyOnce() {
        // Given
        world.send(world.spec("elsewhere"));
        world.send(world.spec("elsewhere"));
        LeaseRequest request = request("w", 1, new LeaseRequest.Key("key", "hash"));
        List<Leased> answers = new ArrayList<>();
        // When
        ask(request, answers);
        ask(request("w", 1, new LeaseRequest.Key("key", "hash")), answers);
        world.pass(1_000);
        // Then
        assertThat(answers).hasSize(2);
        assertThat(tasks(answers.get(0))).isEqualTo(tasks(answers.get(1)));
        assertThat(leased()).hasSize(1);
    }

    @Test
    void aWorkerHasOneSuspectAtATime() {
        // Given
        suspect("tsk_a");
        suspect("tsk_b");
        // When
        Leased first = world.now(world.core.external().lease(request("w", 5, null)));
        List<Leased> second = new ArrayList<>();
        ask(request("w", 5, null), second);
        world.pass(5_000);
        // Then
        assertThat(tasks(first)).hasSize(1);
        assertThat(second).isEmpty();
        assertThat(tasks(world.now(world.core.external().lease(request("other", 5, null)))))
                .hasSize(1);
    }

    @Test
    void aSilentWorkerCountsAsCrashedAndItsTaskIsLeasedAgain() {
        // Given
        TaskDocument task = lease();
        // When
        world.pass(31_100);
        // Then
        assertThat(read(task).state().name()).isEqualTo(Name.PENDING);
        assertThat(read(task).counters().crashes()).isEqualTo(1);
        assertThat(read(task).counters().retries()).isZero();
        assertThat(world.now(runs().complete(run(task), "{}"))).isInstanceOf(RunAnswer.Refused.class);
        assertThat(tasks(world.now(world.core.external().lease(request("other", 1, null)))))
                .hasSize(1);
    }

    @Test
    void anExtensionKeepsTheTaskUntilTheDeadlineOfTheAttempt() {
        // Given
        TaskDocument task = lease();
        for (int each = 0; each < 30; each++) {
            world.pass(20_000);
            world.now(runs().extend(run(task), VISIBILITY, NOTHING));
        }
        // When
        world.pass(1_100);
        // Then
        assertThat(read(task).runHistory().pastAttempts().getLast().failure())
                .isEqualTo(TaskFailure.of(Reason.TIMEOUT));
        assertThat(read(task).counters().crashes()).isZero();
        assertThat(read(task).counters().retries()).isEqualTo(1);
    }

    @Test
    void aWorkerThatIgnoresACancelLosesTheTaskAfterItsGrace() {
        // Given
        TaskDocument task = lease();
        TaskControl control = world.core.control();
        world.now(control.cancel(task.id()));
        RunAnswer answer = world.now(runs().extend(run(task), VISIBILITY, NOTHING));
        assertThat(answer).isInstanceOf(RunAnswer.Accepted.class);
        // When
        world.pass(9_000);
        assertThat(read(task).isCancelAsked()).isTrue();
        world.pass(2_100);
        // Then
        assertThat(read(task).state().name()).isEqualTo(Name.CANCELLED);
    }

    @Test
    void whatCountsIsSaidAgainWithoutEffect() {
        // Given
        TaskDocument task = lease();
        TaskFailure failure = new TaskFailure(Reason.TEMPORARY, "Busy", "later");
        // When
        world.now(runs().fail(run(task), failure, Duration.ofMinutes(1)));
        RunAnswer again = world.now(runs().fail(run(task), failure, Duration.ofMinutes(1)));
        // Then
        assertThat(again).isEqualTo(new RunAnswer.Accepted(read(task)));
        assertThat(read(task).counters().retries()).isEqualTo(1);
        TaskFailure other = new TaskFailure(Reason.TEMPORARY, "Other", null);
        assertThat(world.now(runs().fail(run(task), other, null))).isInstanceOf(RunAnswer.Refused.class);
    }

    @Test
    void runOfAnotherSubjectIsNotTouched() {
        // Given
        TaskDocument task = lease();
        Run other = new Run(task.id(), "shop:w", 1);
        // When Then
        assertThat(world.now(runs().complete(other, "{}"))).isInstanceOf(RunAnswer.Refused.class);
        assertThat(world.now(runs().complete(new Run("tsk_none", "shop", 1), "{}")))
                .isEqualTo(new RunAnswer.NotFound());
        assertThat(read(task)).isEqualTo(task);
    }

    @Test
    void aStopAnswersThoseThatWait() {
        // Given
        List<Leased> answers = new ArrayList<>();
        ask(request("w", 1, null), answers);
        // When
        world.core.stop().subscribe().with(done -> {});
        // Then
        assertThat(answers).containsExactly(new Granted(List.of(), false));
    }

    private LeasedRuns runs() {
        return world.core.external().runs();
    }

    private static LeaseRequest request(String worker, int most, LeaseRequest.@Nullable Key key) {
        return new LeaseRequest(
                new Worker("shop", worker), List.of("elsewhere"), most, VISIBILITY, Duration.ofSeconds(20), key);
    }

    /** Asks within the loop of the core. */
    private void ask(LeaseRequest request, List<Leased> answers) {
        Uni<Leased> asked = world.core.external().lease(request);
        world.time.execute(() -> asked.subscribe().with(answers::add));
        world.time.runUntilIdle();
    }

    private TaskDocument lease() {
        TaskDocument task = world.send(world.spec("elsewhere"));
        assertThat(tasks(world.now(world.core.external().lease(request("w", 1, null)))))
                .hasSize(1);
        return read(task);
    }

    /** A task that has crashed twice. */
    private void suspect(String id) {
        TaskDocument task = Tasks.waiting(id, world.spec("elsewhere"));
        for (int each = 0; each < 2; each++) {
            task = Runs.crash(Runs.claim(task, "dead", world.now()), Policy.DEFAULT, world.now());
        }
        world.tasks.documents.put(id, task);
    }

    private static Run run(TaskDocument leased) {
        return new Run(leased.id(), "shop", leased.counters().fence());
    }

    private static List<TaskDocument> tasks(Leased leased) {
        return leased instanceof Granted granted ? granted.tasks() : List.of();
    }

    private List<TaskDocument> leased() {
        return world.tasks.documents.values().stream()
                .filter(task -> task.state().name() == Name.PROCESSING)
                .toList();
    }

    private Processing stateOf(TaskDocument task) {
        return (Processing) read(task).state();
    }

    private TaskDocument read(TaskDocument task) {
        return world.tasks.one(task.id());
    }
}
