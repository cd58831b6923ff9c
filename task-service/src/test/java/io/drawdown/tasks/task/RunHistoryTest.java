package io.drawdown.tasks.task;

import io.drawdown.tasks.task.RunHistory.LogLine;
import io.drawdown.tasks.task.RunHistory.Progress;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

import static io.drawdown.tasks.testing.Tasks.AT;
import static io.drawdown.tasks.testing.Tasks.FAILURE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RunHistoryTest {

    @Test
    void theLastTwentyAttemptsAreKept() {
        // Given
        RunHistory history = RunHistory.NONE;
        // When
        for (int each = 1; each <= 25; each++) {
            history = history.with(new Attempt(at(each), at(each), "worker-" + each, FAILURE));
        }
        // Then
        assertThat(history.pastAttempts()).hasSize(20);
        assertThat(history.pastAttempts().getFirst().worker()).isEqualTo("worker-6");
        assertThat(history.pastAttempts().getLast().worker()).isEqualTo("worker-25");
    }

    @Test
    void theLastFiftyLinesAreKeptAndTheGreatestProgress() {
        // Given
        RunHistory history = RunHistory.NONE;
        // When
        for (int each = 1; each <= 60; each++) {
            history = history.with(
                    new Progress(each % 50, "at " + each), List.of(new LogLine(at(each), 1, "line " + each)));
        }
        // Then
        assertThat(history.logged()).hasSize(50);
        assertThat(history.logged().getFirst().text()).isEqualTo("line 11");
        assertThat(history.progress()).isEqualTo(new Progress(49, "at 49"));
    }

    @Test
    void stepsAreBoundedAndOneIsKeptUnderItsName() {
        // Given
        RunHistory history = RunHistory.NONE;
        for (int each = 0; each < 32; each++) {
            history = history.with("step-" + each, "1");
        }
        RunHistory full = history.with("step-7", "2");
        // When, Then
        assertThat(full.doneSteps()).hasSize(32).containsEntry("step-7", "2");
        assertThatIllegalStateException().isThrownBy(() -> full.with("another", "1"));
    }

    @Test
    void theNextLifeKeepsWhatWasButForItsProgressAndSteps() {
        // Given
        RunHistory history = RunHistory.NONE
                .with(new Attempt(AT, AT, "worker-1", FAILURE))
                .with("step", "1")
                .with(new Progress(50, null), List.of(new LogLine(AT, 1, "line")));
        // When
        RunHistory anew = history.anew();
        // Then
        assertThat(anew.pastAttempts()).hasSize(1);
        assertThat(anew.logged()).hasSize(1);
        assertThat(anew.doneSteps()).isEmpty();
        assertThat(anew.progress()).isNull();
    }

    private static Instant at(int second) {
        return AT.plusSeconds(second);
    }
}
