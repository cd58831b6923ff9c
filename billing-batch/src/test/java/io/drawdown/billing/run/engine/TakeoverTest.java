package io.drawdown.billing.run.engine;

import io.drawdown.billing.run.Ending;
import io.drawdown.billing.run.ProcessState;
import io.drawdown.billing.run.RunDocument;
import io.drawdown.billing.testing.PlayedProcesses.Played;
import io.drawdown.billing.testing.World;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Two instances over one store. */
class TakeoverTest {

    private final World world = new World("a", "b");
    private final World.Instance one = world.start("one");
    private final World.Instance two = world.start("two");

    private String ownerOfTheLease(World.Instance of) {
        return world.incarnations.incarnations.keySet().stream()
                .filter(id -> id.startsWith(of == one ? "one-" : "two-"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void oneOfManyWishesBeginsARunAndTheOthersAreShownIt() {
        // Given
        List<Begun> answers = new ArrayList<>();
        // When
        for (int each = 0; each < 64; each++) {
            World.Instance at = each % 2 == 0 ? one : two;
            Uni<Begun> wish = at.core.runs().begin(World.order("a", "b"));
            world.time.execute(() -> wish.subscribe().with(answers::add));
        }
        world.pass(3_000);
        // Then
        assertThat(answers).hasSize(64);
        assertThat(answers.stream().filter(Begun.Here.class::isInstance)).hasSize(1);
        assertThat(answers.stream().map(begun -> begun.run().id()).distinct()).hasSize(1);
        assertThat(world.runs.documents).hasSize(1);
        assertThat(one.played.started.size() + two.played.started.size()).isEqualTo(1);
    }

    @Test
    void runOfAKilledInstanceGoesOnWithinFifteenSecondsAtItsCursor() {
        // Given
        one.begin("a", "b");
        Played first = one.latest();
        first.save("p-5");
        world.pass(1_500);
        // When
        one.kill();
        world.pass(15_000);
        // Then
        Played resumed = two.latest();
        assertThat(resumed.process).isEqualTo("a");
        assertThat(resumed.begunAt).isEqualTo("p-5");
        assertThat(world.run().runner().takeovers()).isEqualTo(1);
        assertThat(world.run("a").state()).isInstanceOf(ProcessState.Running.class);
        assertThat(world.counted.takenOver).isEqualTo(1);
    }

    @Test
    void figuresOfAKilledInstanceArePartOfThoseOfTheRun() {
        // Given
        one.begin("a");
        one.latest().counts("processed_count", 7);
        world.pass(1_500);
        // When
        one.kill();
        world.pass(15_000);
        // Then
        assertThat(two.latest().turn.former().counts()).containsExactly(Map.entry("processed_count", 7L));
        two.latest().completes();
        world.pass(1_000);
        assertThat(world.run("a").figures().counts()).containsExactly(Map.entry("processed_count", 7L));
    }

    @Test
    void figuresOfAnInstanceThatStopsAreLeftToTheNextOneToTheLast() {
        // Given
        one.begin("a");
        Played first = one.latest();
        world.pass(1_500);
        first.counts("processed_count", 7);
        // When
        world.time.execute(() -> one.core.stop().subscribe().with(stopped -> {}));
        world.pass(10);
        first.isPartial();
        world.pass(3_000);
        // Then
        assertThat(two.latest().turn.former().counts()).containsExactly(Map.entry("processed_count", 7L));
    }

    @Test
    void budgetOfATakenOverRunIsThatOfTheWholeRun() {
        // Given
        one.begin("a");
        world.pass(100_000);
        one.kill();
        world.pass(15_000);
        Played resumed = two.latest();
        long left = resumed.turn.deadlineNanos() - world.time.nanos();
        // When
        resumed.completes();
        world.pass(2_000);
        // Then
        assertThat(Duration.ofNanos(left)).isBetween(Duration.ofSeconds(150), Duration.ofSeconds(160));
        assertThat(world.events.getFirst().takeovers()).isEqualTo(1);
    }

    @Test
    void aZombieWritesNothing() {
        // Given
        one.begin("a", "b");
        Played zombie = one.latest();
        zombie.save("p-5");
        world.pass(10);
        // When
        world.incarnations.fenceNow(ownerOfTheLease(one));
        world.pass(1_100);
        boolean[] saved = zombie.save("p-1");
        boolean[] mayAct = zombie.holds();
        world.pass(20);
        zombie.completes();
        world.pass(5_000);
        // Then
        assertThat(saved).containsExactly(false, true);
        assertThat(mayAct).containsExactly(false, true);
        assertThat(zombie.isAbandoned).isTrue();
        assertThat(world.run("a").state()).isInstanceOf(ProcessState.Running.class);
        assertThat(world.process("a").cursor()).isEqualTo("p-5");
        assertThat(world.run().runner().takeovers()).isEqualTo(1);
    }

    @Test
    void runnerMayWriteOnlyWhileNoOtherCanHaveItsRun() {
        // Given
        one.begin("a");
        Played former = one.latest();
        boolean mayWrite = former.turn.mayWrite();
        // When: its lease is not renewed any more
        world.incarnations.away = true;
        world.pass(9_000);
        // Then
        assertThat(mayWrite).isTrue();
        assertThat(former.turn.mayWrite()).isFalse();
        assertThat(world.run().runner().takeovers()).isZero();
        // When
        one.kill();
        world.incarnations.away = false;
        world.pass(15_000);
        // Then
        assertThat(two.latest().turn.mayWrite()).isTrue();
        assertThat(two.latest().turn.fence()).isGreaterThan(former.turn.fence());
        assertThat(former.turn.mayWrite()).isFalse();
    }

    @Test
    void callerOfALostRunHearsThatItGoesOn() {
        // Given
        Begun begun = one.begin("a");
        List<RunDocument> answer = new ArrayList<>();
        ((Begun.Here) begun).whenOver().subscribe().with(answer::add);
        // When
        world.incarnations.fenceNow(ownerOfTheLease(one));
        world.pass(5_000);
        // Then
        assertThat(answer).hasSize(1);
        assertThat(answer.getFirst().isOver()).isFalse();
    }

    @Test
    void instanceThatStopsLeavesItsRunToAnotherAtOnce() {
        // Given
        one.begin("a", "b");
        Played first = one.latest();
        first.save("p-2");
        world.pass(10);
        List<Boolean> stopped = new ArrayList<>();
        // When
        world.time.execute(() -> one.core.stop().subscribe().with(stopped::add));
        world.pass(10);
        boolean wasTold = first.isStopped;
        first.isPartial();
        world.pass(3_000);
        // Then
        assertThat(wasTold).isTrue();
        assertThat(stopped).containsExactly(true);
        assertThat(two.latest().begunAt).isEqualTo("p-2");
    }

    @Test
    void manyStopsInOrderDuringOneRunAreNoCrashes() {
        // Given
        one.begin("a");
        World.Instance stopping = one;
        World.Instance next = two;
        // When
        for (int stop = 1; stop <= ActiveRun.MOST_CRASHES + 1; stop++) {
            Played left = stopping.latest();
            left.save("p-" + stop);
            world.pass(1_100);
            World.Instance stopped = stopping;
            world.time.execute(() -> stopped.core.stop().subscribe().with(done -> {}));
            world.pass(10);
            left.isPartial();
            world.pass(5_000);
            stopping = next;
            next = world.start("next-" + stop);
        }
        // Then
        assertThat(world.run("a").state()).isInstanceOf(ProcessState.Running.class);
        assertThat(stopping.latest().begunAt).isEqualTo("p-4");
    }

    @Test
    void cursorSavedJustBeforeADeathIsKeptWhereNoTimeIsLeft() {
        // Given
        one.begin("a");
        Played first = one.latest();
        first.save("p-1");
        world.pass(261_000);
        first.save("p-2");
        // When
        one.kill();
        world.pass(60_000);
        // Then
        assertThat(world.run("a").state())
                .isInstanceOfSatisfying(ProcessState.Over.class, over -> assertThat(over.ending())
                        .isEqualTo(Ending.partial("p-2", Ending.BUDGET)));
        assertThat(world.process("a").cursor()).isEqualTo("p-2");
    }

    @Test
    void processThatKillsItsInstancesIsGivenUpAndTheOthersRun() {
        // Given
        one.begin("a", "b");
        world.pass(100);
        one.kill();
        World.Instance dying = two;
        for (int death = 2; death <= ActiveRun.MOST_CRASHES; death++) {
            World.Instance next = world.start("next-" + death);
            world.pass(15_000);
            dying.kill();
            dying = next;
        }
        // When
        world.start("last");
        world.pass(15_000);
        // Then
        assertThat(world.run("a").state()).isInstanceOfSatisfying(ProcessState.Over.class, over -> assertThat(
                        over.ending().reason())
                .isEqualTo(Ending.CRASHED));
        assertThat(world.run("b").state()).isInstanceOf(ProcessState.Running.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, 86_400})
    void stepOfTheClockNeitherEndsNorLengthensARun(long seconds) {
        // Given
        one.begin("a", "b");
        Played first = one.latest();
        // When
        world.time.stepClock(Duration.ofSeconds(seconds));
        world.pass(20_000);
        boolean wasLeft = world.run().runner().takeovers() > 0;
        first.completes();
        world.pass(20);
        one.latest().completes();
        world.pass(2_000);
        // Then
        assertThat(wasLeft).isFalse();
        assertThat(world.run().isOver()).isTrue();
        assertThat(world.counted.processes).contains("a COMPLETED after 20 s", "b COMPLETED after 0 s");
    }

    @Test
    void takeoverAfterAStepOfTheClockGivesNoMoreThanTheBudget() {
        // Given
        one.begin("a");
        world.pass(100);
        one.kill();
        // When
        world.time.stepClock(Duration.ofDays(-1));
        world.pass(15_000);
        // Then
        long left = two.latest().turn.deadlineNanos() - world.time.nanos();
        assertThat(Duration.ofNanos(left)).isBetween(Duration.ZERO, Duration.ofSeconds(270));
    }

    @Test
    void runWhoseBeginningWasNotAnsweredIsGoneOnWith() {
        // Given
        world.runs.away = true;
        world.time.execute(
                () -> one.core.runs().begin(World.order("a")).subscribe().with(begun -> {}, fault -> {}));
        world.pass(1_000);
        // When
        world.runs.away = false;
        world.pass(15_000);
        // Then
        assertThat(one.played.started.size() + two.played.started.size()).isEqualTo(1);
        assertThat(world.run("a").state()).isInstanceOf(ProcessState.Running.class);
    }
}
