package io.drawdown.billing.run.engine;

import io.drawdown.billing.run.Ending;
import io.drawdown.billing.run.ProcessRun;
import io.drawdown.billing.run.ProcessState;
import io.drawdown.billing.run.RunDocument;
import io.drawdown.billing.run.RunOrder;
import io.drawdown.billing.run.RunState;
import io.drawdown.billing.testing.PlayedProcesses.Played;
import io.drawdown.billing.testing.World;
import io.drawdown.contracts.BatchRunEvent;
import io.drawdown.contracts.BatchRunEvent.State;
import io.drawdown.contracts.BatchRunEvent.Trigger;
import io.drawdown.kit.faults.OutcomeUnknown;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.data.Offset.offset;

/** One instance: turns, shares, isolation, and what is told of it. */
class RunningTest {

    private final World world = new World("a", "b", "c");
    private final World.Instance one = world.start("one");

    private static Ending endingOf(ProcessRun run) {
        return run.state() instanceof ProcessState.Over over ? over.ending() : Ending.skipped("not over", null);
    }

    @Test
    void processesRunOneAfterTheOtherAndTheEventOfTheRunFollows() {
        // Given
        one.begin("b", "a");
        Played first = one.latest();
        first.counts("processed_count", 7);
        first.completes();
        // When
        one.latest().completes();
        world.pass(2_000);
        // Then
        RunDocument run = world.run();
        assertThat(one.played.started).extracting(played -> played.process).containsExactly("a", "b");
        assertThat(run.state()).isInstanceOf(RunState.Ended.class);
        assertThat(run.pending()).isNull();
        assertThat(world.isBusy()).isFalse();
        assertThat(world.events).hasSize(1);
        BatchRunEvent event = world.events.getFirst();
        assertThat(event.success()).isTrue();
        assertThat(event.results())
                .extracting(BatchRunEvent.ProcessResult::process, result -> result.counts())
                .containsExactly(tuple("a", Map.of("processed_count", 7L)), tuple("b", Map.of()));
        assertThat(world.counted.ended).hasSize(1);
    }

    @Test
    void runThatIsBegunIsNotSaidNotToHappen() {
        // Given
        world.runs.away = true;
        // When
        Throwable fault = catchThrowable(() -> one.begin("a"));
        world.runs.away = false;
        world.pass(5_000);
        // Then
        assertThat(fault).isInstanceOf(OutcomeUnknown.class);
        assertThat(one.latest().process).isEqualTo("a");
    }

    @Test
    void failureIsTheResultOfItsProcessAlone() {
        // Given
        one.begin("a", "b");
        Played first = one.latest();
        first.save("p-1");
        world.pass(10);
        first.fails();
        // When
        one.latest().completes();
        world.pass(100);
        // Then
        assertThat(endingOf(world.run("a"))).isEqualTo(Ending.failed("exception", "java.io.IOException", "p-1"));
        assertThat(endingOf(world.run("b"))).isEqualTo(Ending.completed());
        assertThat(world.run().state())
                .isInstanceOfSatisfying(RunState.Ended.class, ended -> assertThat(ended.isSuccess())
                        .isFalse());
        assertThat(world.process("a").cursor()).isEqualTo("p-1");
    }

    @Test
    void whoWasServedTheLongestAgoGoesFirst() {
        // Given
        for (String name : List.of("b", "a", "c")) {
            one.begin(name);
            one.latest().completes();
            world.pass(1_000);
        }
        // When
        one.begin("a", "b", "c");
        world.pass(20);
        // Then
        assertThat(world.run().processes()).extracting(ProcessRun::process).containsExactly("b", "a", "c");
    }

    @Test
    void processThatMeetsItsDeadlineStopsWithACursorAndTheNextRunGoesOnThere() {
        // Given
        one.begin("a", "b", "c");
        Played greedy = one.latest();
        greedy.save("p-9");
        // When
        world.pass(250_001);
        greedy.isPartial();
        one.latest().completes();
        one.latest().completes();
        world.pass(1_000);
        one.begin("a");
        // Then
        assertThat(greedy.turn.deadlineNanos())
                .isCloseTo(
                        Duration.ofSeconds(250).plusMillis(100).toNanos(),
                        offset(Duration.ofMillis(100).toNanos()));
        assertThat(one.latest().begunAt).isEqualTo("p-9");
        assertThat(world.counted.processes.getFirst()).startsWith("a PARTIAL after 250 s");
        assertThat(world.counted.processes).contains("b COMPLETED after 0 s", "c COMPLETED after 0 s");
    }

    @Test
    void processThatDoesNotStopIsInterruptedThenGivenUpAndTheNextHasItsTurn() {
        // Given
        one.begin("a", "b");
        Played deaf = one.latest();
        // When
        world.pass(265_500);
        boolean wasInterrupted = deaf.isInterrupted;
        world.pass(5_000);
        // Then
        assertThat(wasInterrupted).isTrue();
        assertThat(deaf.isAbandoned).isTrue();
        assertThat(deaf.save("late")).containsExactly(false, true);
        assertThat(endingOf(world.run("a"))).isEqualTo(Ending.failed(Ending.OVERRAN, null, null));
        assertThat(endingOf(world.run("b"))).isEqualTo(Ending.skipped(Ending.BUDGET, null));
        assertThat(world.run().isOver()).isTrue();
    }

    @Test
    void processThatIsStuckOrUnknownOrPausedIsSkipped() {
        // Given
        one.played.stuck.add("a");
        world.answer(one.core.writes().pause("b", true));
        // When
        one.begin("a", "b", "gone");
        world.pass(100);
        // Then
        assertThat(endingOf(world.run("a")).reason()).isEqualTo(Ending.STILL_RUNNING);
        assertThat(endingOf(world.run("b")).reason()).isEqualTo(Ending.PAUSED);
        assertThat(endingOf(world.run("gone")).reason()).isEqualTo(Ending.UNKNOWN);
        assertThat(one.played.started).isEmpty();
        assertThat(world.run().isOver()).isTrue();
    }

    @Test
    void runThatTakesTooLongIsLateInItsRecordAndInTheMetric() {
        // Given
        one.begin("a");
        Played slow = one.latest();
        // When
        world.pass(249_000);
        boolean wasLate = world.run().runner().isLate();
        world.pass(2_000);
        slow.completes();
        world.pass(2_000);
        // Then
        assertThat(wasLate).isFalse();
        assertThat(world.run().runner().isLate()).isTrue();
        assertThat(world.counted.late).isEqualTo(1);
        assertThat(world.events.getFirst().late()).isTrue();
    }

    @Test
    void figuresOfARunningProcessAreStoredWithinAboutASecond() {
        // Given
        one.begin("a");
        Played running = one.latest();
        running.counts("processed_count", 3);
        // When
        world.pass(1_100);
        // Then
        assertThat(world.run("a").figures().counts()).containsEntry("processed_count", 3L);
    }

    @Test
    void anEffectAsksTheStoreByAWriteAndThoseThatAskTogetherShareOne() {
        // Given
        one.begin("a");
        Played running = one.latest();
        int before = world.runner.writes;
        // When
        List<boolean[]> answers = new ArrayList<>();
        for (int each = 0; each < 100; each++) {
            answers.add(running.holds());
        }
        world.pass(10);
        // Then
        assertThat(answers).allSatisfy(answer -> assertThat(answer).containsExactly(true, true));
        assertThat(world.runner.writes - before).isBetween(1, 2);
    }

    @Test
    void dryRunWritesNothingAtAll() {
        // Given
        Instant wanted = Instant.parse("2027-01-01T00:00:00Z");
        RunOrder order = new RunOrder(Trigger.WORKER, null, List.of("a", "b"), 300_000, null, true, wanted);
        world.pass(2_000);
        Map<String, Object> before = stored();
        List<RunDocument> answer = new ArrayList<>();
        // When
        world.time.execute(
                () -> one.core.runs().dryRun(order).orElseThrow().subscribe().with(answer::add));
        Played dry = one.latest();
        dry.save("p-1");
        dry.counts("processed_count", 2);
        dry.completes();
        one.latest().fails();
        world.pass(5_000);
        // Then
        assertThat(stored()).isEqualTo(before);
        assertThat(world.events).isEmpty();
        assertThat(world.counted.processes).isEmpty();
        assertThat(dry.turn.asOf()).isEqualTo(wanted);
        assertThat(dry.turn.isDry()).isTrue();
        assertThat(answer).hasSize(1);
        assertThat(answer.getFirst().process("a").orElseThrow().figures().counts())
                .containsEntry("processed_count", 2L);
        assertThat(endingOf(answer.getFirst().process("b").orElseThrow()).state())
                .isEqualTo(State.FAILED);
    }

    @Test
    void dryRunThatTakesTooLongIsNoLateRun() {
        // Given
        RunOrder order = new RunOrder(Trigger.WORKER, null, List.of("a"), 300_000, null, true, null);
        world.time.execute(
                () -> one.core.runs().dryRun(order).orElseThrow().subscribe().with(run -> {}));
        // When
        world.pass(251_000);
        // Then
        assertThat(world.counted.late).isZero();
    }

    private Map<String, Object> stored() {
        Map<String, Object> all = new HashMap<>(world.runs.documents);
        all.putAll(world.processes.documents);
        all.putAll(world.runner.documents);
        return all;
    }

    @Test
    void oneDryRunAtATimeBesideTheRealOne() {
        // Given
        RunOrder order = new RunOrder(Trigger.WORKER, null, List.of("a"), 300_000, null, true, null);
        one.begin("b");
        world.time.execute(
                () -> one.core.runs().dryRun(order).orElseThrow().subscribe().with(run -> {}));
        world.pass(20);
        // When Then
        assertThat(one.core.runs().dryRun(order)).isEmpty();
        assertThat(one.played.started).hasSize(2);
    }

    @Test
    void writesWhoseAnswersAreLostAndAStoreThatIsAwayLoseNothing() {
        // Given
        one.begin("a", "b");
        Played first = one.latest();
        world.runs.lostAnswers = 2;
        world.processes.lostAnswers = 2;
        first.counts("processed_count", 1);
        first.completes();
        world.pass(3_000);
        // When
        Played second = one.latest();
        world.runs.away = true;
        world.processes.away = true;
        world.runner.away = true;
        second.completes();
        world.pass(5_000);
        world.runs.away = false;
        world.processes.away = false;
        world.runner.away = false;
        world.pass(2_000);
        // Then
        assertThat(one.played.started).hasSize(2);
        assertThat(world.run().isOver()).isTrue();
        assertThat(endingOf(world.run("b"))).isEqualTo(Ending.completed());
        assertThat(world.isBusy()).isFalse();
    }

    @Test
    void eventWaitsForTheBroker() {
        // Given
        world.brokerAway = true;
        one.begin("a");
        one.latest().completes();
        world.pass(10_000);
        int before = world.events.size();
        // When
        world.brokerAway = false;
        world.pass(10_000);
        // Then
        assertThat(before).isZero();
        assertThat(world.events).hasSize(1);
        assertThat(world.run().pending()).isNull();
    }
}
