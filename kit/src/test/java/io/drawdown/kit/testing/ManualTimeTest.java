package io.drawdown.kit.testing;

import io.drawdown.kit.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ManualTimeTest {

    private final ManualTime time = new ManualTime();
    private final List<String> ran = new ArrayList<>();

    @Test
    void runsActionsByTimeThenByArrival() {
        // Given
        time.after(Duration.ofSeconds(2), () -> ran.add("late at " + time.now()));
        time.after(Duration.ofSeconds(1), () -> ran.add("first"));
        time.after(Duration.ofSeconds(1), () -> ran.add("second"));
        // When
        time.advance(Duration.ofSeconds(2));
        // Then
        assertThat(ran).containsExactly("first", "second", "late at 2026-01-01T00:00:02Z");
    }

    @Test
    void actionAddedOnTheWayRunsAtItsOwnMoment() {
        // Given
        time.after(Duration.ofSeconds(1), () -> time.after(Duration.ofSeconds(1), () -> ran.add("at " + time.nanos())));
        // When
        time.advance(Duration.ofSeconds(3));
        // Then
        assertThat(ran).containsExactly("at 2000000000");
        assertThat(time.nanos()).isEqualTo(3_000_000_000L);
    }

    @Test
    void cancelledTimerDoesNotRun() {
        // Given
        Scheduler.Timer timer = time.after(Duration.ofSeconds(1), () -> ran.add("cancelled"));
        // When
        timer.cancel();
        time.advance(Duration.ofSeconds(2));
        // Then
        assertThat(ran).isEmpty();
    }

    @Test
    void answerComesAsAnActionOfItsOwn() {
        // Given
        time.answer(() -> "answer").subscribe().with(ran::add);
        ran.add("subscribed");
        // When
        time.runUntilIdle();
        // Then
        assertThat(ran).containsExactly("subscribed", "answer");
    }

    @Test
    void steppedClockDoesNotMoveTheMonotonicClock() {
        // When
        time.stepClock(Duration.ofHours(-1));
        // Then
        assertThat(time.now()).isEqualTo(ManualTime.START.minus(Duration.ofHours(1)));
        assertThat(time.nanos()).isZero();
    }
}
