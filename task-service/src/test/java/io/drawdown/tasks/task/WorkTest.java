package io.drawdown.tasks.task;

import io.drawdown.tasks.task.Work.LogLine;
import io.drawdown.tasks.task.Work.Progress;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

import static io.drawdown.tasks.testing.Tasks.AT;
import static io.drawdown.tasks.testing.Tasks.FAILURE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class WorkTest {

    @Test
    void theLastTwentyAttemptsAreKept() {
        // Given
        Work work = Work.NONE;
        // When
        for (int each = 1; each <= 25; each++) {
            work = work.with(new Attempt(at(each), at(each), "worker-" + each, FAILURE));
        }
        // Then
        assertThat(work.pastAttempts()).hasSize(20);
        assertThat(work.pastAttempts().getFirst().worker()).isEqualTo("worker-6");
        assertThat(work.pastAttempts().getLast().worker()).isEqualTo("worker-25");
    }

    @Test
    void theLastFiftyLinesAreKeptAndTheGreatestProgress() {
        // Given
        Work work = Work.NONE;
        // When
        for (int each = 1; each <= 60; each++) {
            work = work.with(new Progress(each % 50, "at " + each), List.of(new LogLine(at(each), 1, "line " + each)));
        }
        // Then
        assertThat(work.logged()).hasSize(50);
        assertThat(work.logged().getFirst().text()).isEqualTo("line 11");
        assertThat(work.progress()).isEqualTo(new Progress(49, "at 49"));
    }

    @Test
    void stepsAreBoundedAndOneIsKeptUnderItsName() {
        // Given
        Work work = Work.NONE;
        for (int each = 0; each < 32; each++) {
            work = work.with("step-" + each, "1");
        }
        Work full = work.with("step-7", "2");
        // When, Then
        assertThat(full.doneSteps()).hasSize(32).containsEntry("step-7", "2");
        assertThatIllegalStateException().isThrownBy(() -> full.with("another", "1"));
    }

    @Test
    void theNextLifeKeepsWhatWasButForItsProgressAndSteps() {
        // Given
        Work work = Work.NONE
                .with(new Attempt(AT, AT, "worker-1", FAILURE))
                .with("step", "1")
                .with(new Progress(50, null), List.of(new LogLine(AT, 1, "line")));
        // When
        Work anew = work.anew();
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
