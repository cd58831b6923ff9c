package io.drawdown.billing.run;

import io.drawdown.contracts.BatchRunEvent.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static io.drawdown.billing.testing.Changed.changed;
import static org.assertj.core.api.Assertions.assertThat;

/** The rules of the documents: what each allows, and that a smaller fence changes nothing. */
class RunRulesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final RunOrder ORDER = RunOrder.of(Trigger.WORKER, null, List.of("a", "b"), 300_000);
    private static final Figures SEVEN = new Figures(Map.of("processed_count", 7L), "page 2");

    private static RunnerDocument busy() {
        return changed(RunnerDocument.first().begin("run_1", "one", ORDER, NOW));
    }

    private static RunDocument run(long fence) {
        return RunDocument.begin(
                changed(busy().current()),
                fence,
                Turns.of(List.of(ProcessDocument.first("a"), ProcessDocument.first("b")), NOW));
    }

    @Test
    void oneRunAtATime() {
        // When
        RunnerDocument busy = busy();
        // Then
        assertThat(busy.fence()).isEqualTo(1);
        assertThat(busy.begin("run_2", "two", ORDER, NOW)).isNull();
        assertThat(changed(changed(busy.release(1)).begin("run_2", "two", ORDER, NOW))
                        .fence())
                .isEqualTo(2);
    }

    @Test
    void takeoverRaisesTheFenceAndHappensOnce() {
        // Given
        RunnerDocument busy = busy();
        // When
        RunnerDocument.Current dead = changed(busy.current());
        RunnerDocument taken = changed(busy.takeOver(dead, "two"));
        // Then
        assertThat(taken.fence()).isEqualTo(2);
        assertThat(changed(taken.current()).takeovers()).isEqualTo(1);
        assertThat(taken.takeOver(dead, "three")).isNull();
        assertThat(taken.release(1)).isNull();
        assertThat(taken.confirm(1)).isNull();
        assertThat(taken.confirm(2)).isEqualTo(taken);
    }

    @Test
    void formerRunnerChangesNothingOfTheRun() {
        // Given
        RunDocument taken = changed(changed(run(1).started(1, "a", null, NOW)).takenOver("two", 2, 1));
        // When Then
        assertThat(taken.started(1, "b", null, NOW)).isNull();
        assertThat(taken.progressed(1, "a", "c", SEVEN)).isNull();
        assertThat(taken.ended(1, "a", Ending.completed(), SEVEN, 1)).isNull();
        assertThat(taken.late(1)).isNull();
        assertThat(taken.end(1, NOW, 1)).isNull();
        assertThat(taken.takenOver("one", 1, 0)).isNull();
        assertThat(taken.ended(2, "a", Ending.completed(), SEVEN, 1)).isNotNull();
    }

    @Test
    void formerRunnerChangesNothingOfAProcess() {
        // Given
        ProcessDocument saved =
                changed(changed(ProcessDocument.first("a").begun(1, NOW)).saved(1, "p-1"));
        ProcessDocument begun = changed(saved.begun(2, NOW));
        ProcessState.Over over = new ProcessState.Over(Ending.completed(), 5);
        // When Then
        assertThat(begun.cursor()).isEqualTo("p-1");
        assertThat(begun.begun(1, NOW)).isNull();
        assertThat(begun.saved(1, "p-2")).isNull();
        assertThat(begun.ended(1, new ProcessDocument.Last("run_1", NOW, over, SEVEN)))
                .isNull();
        assertThat(changed(begun.saved(2, "p-2")).cursor()).isEqualTo("p-2");
        assertThat(changed(begun.paused(true)).isPaused()).isTrue();
    }

    @Test
    void whatIsCompletedBeginsFromTheStartNextTime() {
        // Given
        ProcessDocument saved =
                changed(changed(ProcessDocument.first("a").begun(1, NOW)).saved(1, "p-1"));
        ProcessState.Over failed = new ProcessState.Over(Ending.failed(Ending.EXCEPTION, "E", "p-1"), 5);
        ProcessState.Over completed = new ProcessState.Over(Ending.completed(), 5);
        // When
        ProcessDocument afterFailure = changed(saved.ended(1, new ProcessDocument.Last("run_1", NOW, failed, SEVEN)));
        ProcessDocument afterAll = changed(saved.ended(1, new ProcessDocument.Last("run_1", NOW, completed, SEVEN)));
        // Then
        assertThat(afterFailure.cursor()).isEqualTo("p-1");
        assertThat(afterAll.cursor()).isNull();
        assertThat(afterAll.ended(1, new ProcessDocument.Last("run_1", NOW, failed, SEVEN)))
                .isNull();
    }

    @Test
    void runFailsIfOneProcessFailedAndNothingChangesItAfterItsEnd() {
        // Given
        RunDocument started = changed(run(1).started(1, "a", null, NOW));
        RunDocument half = changed(started.ended(1, "a", Ending.failed(Ending.EXCEPTION, "E", null), Figures.NONE, 5));
        // When
        RunDocument all = changed(half.ended(1, "b", Ending.skipped(Ending.BUDGET, null), Figures.NONE, 0));
        RunDocument over = changed(all.end(1, NOW.plusSeconds(9), 9_000));
        // Then
        assertThat(half.open()).isEqualTo(1);
        assertThat(over.state()).isEqualTo(new RunState.Ended(NOW.plusSeconds(9), 9_000, false));
        assertThat(over.pending()).isEqualTo(NOW.plusSeconds(9));
        assertThat(over.end(1, NOW, 1)).isNull();
        assertThat(over.takenOver("two", 2, 1)).isNull();
    }

    @Test
    void whatRanWhenItsInstanceDiedCountsACrash() {
        // Given
        RunDocument running = changed(changed(run(1).started(1, "a", null, NOW)).progressed(1, "a", "p-3", SEVEN));
        // When
        RunDocument taken = changed(changed(running.takenOver("two", 2, 1)).takenOver("three", 3, 2));
        // Then
        assertThat(taken.process("a").orElseThrow().state()).isEqualTo(new ProcessState.Running(NOW, 2));
        assertThat(taken.process("a").orElseThrow().cursor()).isEqualTo("p-3");
        assertThat(taken.process("b").orElseThrow().state()).isEqualTo(new ProcessState.Waiting(NOW));
    }
}
