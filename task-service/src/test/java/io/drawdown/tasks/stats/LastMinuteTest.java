package io.drawdown.tasks.stats;

import io.drawdown.kit.testing.ManualTime;
import io.drawdown.tasks.store.InstanceCounters.TypeMinute;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.Standing;
import io.drawdown.tasks.task.StateChange;
import io.drawdown.tasks.task.StateChange.RunEnd;
import io.drawdown.tasks.task.TaskState.Name;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LastMinuteTest {

    private final ManualTime time = new ManualTime();
    private final LastMinute minute = new LastMinute(time);

    @Test
    void runsOfTheLastMinuteCount() {
        // Given
        for (int run = 0; run < 120; run++) {
            minute.count(started());
            minute.count(ended(run % 3 == 0 ? RunEnd.FAILED : RunEnd.COMPLETED));
            time.advance(Duration.ofMillis(500));
        }
        minute.count(ended(RunEnd.STOPPED));
        // When Then
        assertThat(minute.all()).singleElement().satisfies(echo -> {
            assertThat(echo.type()).isEqualTo("echo");
            assertThat(echo.started()).isBetween(118L, 120L);
            assertThat(echo.completed()).isBetween(78L, 80L);
            assertThat(echo.failed()).isBetween(38L, 40L);
        });
    }

    @Test
    void runsOfEarlierMinutesDoNotCount() {
        // Given
        minute.count(started());
        // When Then
        time.advance(Duration.ofSeconds(59));
        assertThat(minute.all()).containsExactly(new TypeMinute("echo", 1, 0, 0));
        time.advance(Duration.ofSeconds(1));
        assertThat(minute.all()).isEmpty();
        time.advance(Duration.ofDays(1));
        minute.count(started());
        assertThat(minute.all()).containsExactly(new TypeMinute("echo", 1, 0, 0));
    }

    private static StateChange started() {
        return new StateChange(at(Name.PENDING), at(Name.PROCESSING), null);
    }

    private static StateChange ended(RunEnd how) {
        return new StateChange(at(Name.PROCESSING), at(Name.COMPLETED), how);
    }

    private static Standing at(Name state) {
        return new Standing("echo", Lane.NORMAL, "acme", state);
    }
}
