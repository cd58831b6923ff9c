package io.drawdown.kit.time;

import io.drawdown.kit.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ResettableTimerTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTime time = new ManualTime();
    private final ResettableTimer timer = new ResettableTimer(time);
    private final List<String> ran = new ArrayList<>();

    @Test
    void runsItsActionOnce() {
        // Given
        timer.set(SECOND, () -> ran.add("one"));
        // When
        time.advance(SECOND.multipliedBy(3));
        // Then
        assertThat(ran).containsExactly("one");
        assertThat(timer.isSet()).isFalse();
    }

    @Test
    void laterActionReplacesTheEarlierOne() {
        // Given
        timer.set(SECOND, () -> ran.add("one"));
        // When
        timer.set(SECOND.multipliedBy(2), () -> ran.add("two"));
        time.advance(SECOND.multipliedBy(3));
        // Then
        assertThat(ran).containsExactly("two");
    }

    @Test
    void earliestOfSeveralDelaysCounts() {
        // Given
        timer.setEarliest(() -> ran.add("one"), SECOND.multipliedBy(3), SECOND, SECOND.multipliedBy(2));
        // When
        time.advance(SECOND);
        // Then
        assertThat(ran).containsExactly("one");
    }

    @Test
    void cancelledActionDoesNotRun() {
        // Given
        timer.set(SECOND, () -> ran.add("one"));
        // When
        timer.cancel();
        time.advance(SECOND);
        // Then
        assertThat(ran).isEmpty();
        assertThat(timer.isSet()).isFalse();
    }

    @Test
    void actionMaySetTheTimerAgain() {
        // Given
        timer.set(SECOND, () -> timer.set(SECOND, () -> ran.add("again")));
        // When
        time.advance(SECOND);
        // Then
        assertThat(timer.isSet()).isTrue();
        time.advance(SECOND);
        assertThat(ran).containsExactly("again");
    }
}
