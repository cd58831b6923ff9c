package io.drawdown.tasks.external;

import io.drawdown.tasks.enqueue.NewTask;
import io.drawdown.tasks.external.Elsewhere.Asked;
import io.drawdown.tasks.stats.Depths;
import io.drawdown.tasks.task.Leases;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.Reason;
import io.drawdown.tasks.task.Spec;
import io.drawdown.tasks.task.Spec.Terms;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskFailure;
import io.drawdown.tasks.task.TaskState.Name;
import io.drawdown.tasks.testing.MemoryTasks.Call;
import io.drawdown.tasks.testing.Tasks;
import io.drawdown.tasks.testing.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static io.drawdown.tasks.external.Elsewhere.request;
import static io.drawdown.tasks.external.Elsewhere.run;
import static org.assertj.core.api.Assertions.assertThat;

/** What counts of a lease that is going back, running out or over, and what is counted. */
class LeasedRunsTest {

    private final World world = new World();
    private final Elsewhere elsewhere = new Elsewhere(world);

    @Test
    void aLeaseThatIsBeingWrittenForAWorkerThatIsGoneGoesBackWithoutACrash() {
        // Given
        LeaseRequest request = request("w", 1, null);
        elsewhere.ask(request);
        world.latency = Duration.ofMillis(20);
        world.core
                .enqueue(new NewTask(null, world.spec("elsewhere"), null))
                .subscribe()
                .with(answer -> {});
        world.pass(70);
        assertThat(world.core.external().isIdle()).isFalse();
        // When
        world.core.external().withdraw(request);
        world.pass(2_000);
        // Then
        TaskDocument task = world.tasks.documents.values().iterator().next();
        assertThat(task.state().name()).isEqualTo(Name.PENDING);
        assertThat(task.counters().runs()).isEqualTo(1);
        assertThat(task.counters().crashes()).isZero();
    }

    @Test
    void runsOfWorkersElsewhereAreCounted() {
        // Given
        elsewhere.send();
        TaskDocument leased = elsewhere.ask(request("w", 1, null)).tasks().getFirst();
        assertThat(world.counted.started).isEqualTo(1);
        world.pass(4_000);
        Depths depths = world.now(world.core.stats().read());
        assertThat(depths.in(Name.PENDING)).isZero();
        assertThat(depths.in(Name.PROCESSING)).isEqualTo(1);
        // When
        elsewhere.complete(leased);
        elsewhere.complete(leased);
        // Then
        assertThat(world.counted.finished).isEqualTo(1);
        assertThat(world.counted.lost).isZero();
        world.now(world.core.external().runs().complete(run(leased), "{\"another\":1}"));
        assertThat(world.counted.lost).isEqualTo(1);
    }

    @Test
    void anotherResultThanTheOneThatCountsIsRefused() {
        // Given
        elsewhere.send();
        TaskDocument leased = elsewhere.ask(request("w", 1, null)).tasks().getFirst();
        elsewhere.complete(leased);
        // When Then
        assertThat(world.now(world.core.external().runs().complete(run(leased), "{\"another\":1}")))
                .isInstanceOf(RunAnswer.Refused.class);
        assertThat(elsewhere.complete(leased)).isInstanceOf(RunAnswer.Accepted.class);
    }

    @Test
    void whatAnEarlierRunSaidIsNotTakenForWhatTheLastOneSaid() {
        // Given
        elsewhere.send();
        TaskDocument first = elsewhere.ask(request("w", 1, null)).tasks().getFirst();
        fail(first);
        TaskDocument second = elsewhere.ask(request("w", 1, null)).tasks().getFirst();
        fail(second);
        // When Then
        assertThat(fail(first)).isInstanceOf(RunAnswer.Refused.class);
        assertThat(fail(second)).isInstanceOf(RunAnswer.Accepted.class);
    }

    private RunAnswer fail(TaskDocument leased) {
        TaskFailure failure = new TaskFailure(Reason.TEMPORARY, "Busy", "later");
        RunAnswer answer = world.now(world.core.external().runs().fail(run(leased), failure, Duration.ZERO));
        world.pass(1_000);
        return answer;
    }

    @Test
    void aTaskThatIsTakenFromASilentWorkerIsOfferedAtOnce() {
        // Given
        elsewhere.send();
        elsewhere.ask(request("w", 1, null));
        world.hints.clear();
        // When
        world.pass(31_100);
        // Then
        assertThat(world.hints).containsExactly("elsewhere waits in NORMAL");
    }

    @Test
    void aLeaseThatIsExtendedWhileItIsBeingTakenStays() {
        // Given
        elsewhere.send();
        TaskDocument leased = elsewhere.ask(request("w", 1, null)).tasks().getFirst();
        world.pass(29_000);
        world.latency = Duration.ofMillis(20);
        int before = world.tasks.calls.count(Call.GET_ALL);
        while (world.tasks.calls.count(Call.GET_ALL) == before) {
            world.pass(5);
        }
        // When
        TaskDocument extended =
                Leases.extend(elsewhere.read(leased), Elsewhere.VISIBILITY, Policy.DEFAULT, world.now());
        world.tasks.documents.put(leased.id(), extended.written("extension", 0));
        world.pass(2_000);
        // Then
        assertThat(elsewhere.read(leased).writeId()).isEqualTo("extension");
    }

    @Test
    void aTaskWhoseDeadlineHasPassedIsNotLeasedEvenBeforeASweepFindsIt() {
        // Given
        Spec usual = world.spec("elsewhere");
        Terms terms = new Terms(null, null, null, null, null, null, world.now());
        Spec late = new Spec(usual.type(), "{}", usual.lane(), usual.tenant(), usual.sender(), null, terms);
        world.tasks.documents.put("tsk_late", Tasks.waiting("tsk_late", late));
        // When
        Asked asked = elsewhere.ask(request("w", 1, null));
        world.pass(2_000);
        // Then
        assertThat(asked.answers).isEmpty();
        assertThat(world.tasks.one("tsk_late").counters().runs()).isZero();
        assertThat(world.tasks.one("tsk_late").state().name()).isEqualTo(Name.FAILED);
    }

    @Test
    void anOldLeaseIsNoneOfAWorkerThatAsksAgain() {
        // Given
        TaskDocument task = elsewhere.send();
        elsewhere.ask(request("w", 1, "k"));
        world.pass(31_100);
        // When
        Asked again = elsewhere.ask(request("w", 1, "next"));
        // Then
        assertThat(again.tasks()).extracting(TaskDocument::id).containsExactly(task.id());
        assertThat(again.tasks().getFirst().counters().fence()).isEqualTo(2);
    }
}
