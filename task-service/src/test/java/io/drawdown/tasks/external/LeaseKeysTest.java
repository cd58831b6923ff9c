package io.drawdown.tasks.external;

import io.drawdown.contracts.TaskEvent;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.tasks.TasksCore;
import io.drawdown.tasks.enqueue.NewTask;
import io.drawdown.tasks.external.Elsewhere.Asked;
import io.drawdown.tasks.external.Leased.Granted;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Name;
import io.drawdown.tasks.testing.Calls.Fault;
import io.drawdown.tasks.testing.MemoryOrderKeys;
import io.drawdown.tasks.testing.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static io.drawdown.tasks.external.Elsewhere.request;
import static org.assertj.core.api.Assertions.assertThat;

/** What the key of a request promises, and what becomes of requests that wait when something else happens. */
class LeaseKeysTest {

    private final World world = new World();
    private final Elsewhere elsewhere = new Elsewhere(world);

    @Test
    void aRepeatLeasesNothingMoreOnceItsLeasesAreOver() {
        // Given
        elsewhere.send();
        TaskDocument leased = elsewhere.ask(request("w", 1, "k")).tasks().getFirst();
        elsewhere.complete(leased);
        TaskDocument other = elsewhere.send();
        // When
        Asked repeat = elsewhere.ask(request("w", 1, "k"));
        world.pass(20_100);
        // Then
        assertThat(repeat.answers).containsExactly(new Granted(List.of(), true));
        assertThat(elsewhere.read(other).state().name()).isEqualTo(Name.PENDING);
        assertThat(elsewhere.ask(request("w", 1, "another")).tasks()).hasSize(1);
    }

    @Test
    void aRequestThatWaitedMeanwhileLeasesNothingMore() {
        // Given
        TasksCore second = world.another("tasks-2");
        Asked late = elsewhere.ask(second, request("w", 1, "k"));
        elsewhere.send();
        world.pass(10);
        TaskDocument leased = elsewhere.ask(request("w", 1, "k")).tasks().getFirst();
        elsewhere.complete(leased);
        // When
        TaskDocument other = elsewhere.send();
        world.pass(20_100);
        // Then
        assertThat(late.answers).containsExactly(new Granted(List.of(), true));
        assertThat(elsewhere.read(other).state().name()).isEqualTo(Name.PENDING);
    }

    @Test
    void aRepeatThatWaitsGetsTheLeasesOfTheFirstAsSoonAsOthersMightBeItsOwn() {
        // Given
        Asked first = elsewhere.ask(request("w", 1, "k"));
        Asked repeat = elsewhere.ask(request("w", 1, "k"));
        elsewhere.send();
        world.pass(100);
        assertThat(first.tasks()).hasSize(1);
        assertThat(repeat.answers).isEmpty();
        // When
        elsewhere.send();
        world.pass(100);
        // Then
        assertThat(repeat.answers).containsExactly(new Granted(first.tasks(), true));
    }

    @Test
    void aRepeatThatWaitedLongEnoughGetsTheLeasesOfTheFirst() {
        // Given
        Asked first = elsewhere.ask(request("w", 1, "k"));
        Asked repeat = elsewhere.ask(request("w", 1, "k"));
        elsewhere.send();
        // When
        world.pass(20_100);
        // Then
        TaskDocument leased = elsewhere.read(first.tasks().getFirst());
        assertThat(repeat.answers).containsExactly(new Granted(List.of(leased), true));
    }

    @Test
    void aRepeatFindsALeaseThatLandsLater() {
        // Given
        Asked first = elsewhere.ask(request("w", 1, "k"));
        Asked repeat = elsewhere.ask(request("w", 1, "k"));
        world.latency = Duration.ofSeconds(2);
        elsewhere.send();
        world.latency = Duration.ZERO;
        elsewhere.send();
        // When
        world.pass(10_000);
        // Then
        assertThat(first.tasks()).hasSize(1);
        assertThat(repeat.tasks()).isEqualTo(first.tasks());
    }

    @Test
    void withoutItsNumberARequestLeasesNothingAndSaysSo() {
        // Given
        TaskDocument task = elsewhere.send();
        world.orderKeys.calls.failNext(MemoryOrderKeys.Call.NEXT, Fault.ANSWER_LOST);
        // When
        Asked asked = elsewhere.ask(request("w", 1, "k"));
        world.pass(100);
        // Then
        assertThat(asked.faults).hasOnlyElementsOfType(Unavailable.class).hasSize(1);
        assertThat(elsewhere.read(task).state().name()).isEqualTo(Name.PENDING);
    }

    @Test
    void anEmptyAnswerUsesUpNoKey() {
        // Given
        elsewhere.ask(request("w", 1, "k"));
        world.pass(20_100);
        elsewhere.send();
        // When Then
        assertThat(elsewhere.ask(request("w", 1, "k")).tasks()).hasSize(1);
    }

    @Test
    void aStopFailsRequestsWithAKeySoThatTheirRepeatsFindTheirLeases() {
        // Given
        Asked waiting = elsewhere.ask(request("w", 1, "k"));
        // When
        world.core.stop().subscribe().with(done -> {});
        // Then
        assertThat(waiting.answers).isEmpty();
        assertThat(waiting.faults).hasOnlyElementsOfType(Unavailable.class).hasSize(1);
    }

    @Test
    void aWorkerThatIsBeingServedWhenTheInstanceStopsIsAnsweredItsLeases() {
        // Given
        Asked served = elsewhere.ask(request("w", 1, "k"));
        world.latency = Duration.ofMillis(20);
        world.core
                .enqueue(new NewTask(null, world.spec("elsewhere"), null))
                .subscribe()
                .with(answer -> {});
        world.pass(70);
        assertThat(world.core.external().isIdle()).isFalse();
        // When
        world.core.stop().subscribe().with(done -> {});
        world.pass(1_000);
        // Then
        assertThat(served.faults).isEmpty();
        assertThat(served.tasks()).hasSize(1);
    }

    @Test
    void aWorkerWithASuspectDoesNotKeepAnotherOneFromOthers() {
        // Given
        Asked first = elsewhere.ask(request("w", 1, null));
        Asked second = elsewhere.ask(request("w", 1, null));
        Asked other = elsewhere.ask(request("other", 1, null));
        elsewhere.suspect("tsk_a");
        elsewhere.suspect("tsk_b");
        // When
        world.pass(3_000);
        // Then
        assertThat(first.tasks()).hasSize(1);
        assertThat(second.answers).isEmpty();
        assertThat(other.tasks()).hasSize(1);
    }

    @Test
    void theStartOfALeaseIsPublishedAtOnce() {
        // Given
        TaskDocument task = elsewhere.send();
        world.pass(100);
        // When
        elsewhere.ask(request("w", 1, null));
        world.pass(100);
        // Then
        assertThat(world.eventsOf(task.id())).containsExactly(TaskEvent.Type.QUEUED, TaskEvent.Type.STARTED);
    }
}
