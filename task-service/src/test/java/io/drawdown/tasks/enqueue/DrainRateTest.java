package io.drawdown.tasks.enqueue;

import io.drawdown.kit.testing.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DrainRateTest {

    private final ManualTime time = new ManualTime();
    private final DrainRate rate = new DrainRate(time);

    @Test
    void waitIsThatOfThoseWhoWaitAtThePresentRate() {
        // Given
        rate.began();
        // When
        endEach(Duration.ofMillis(10), 300);
        // Then
        assertThat(rate.secondsFor(1_000)).isEqualTo(10);
        assertThat(rate.secondsFor(1)).isEqualTo(1);
        assertThat(rate.secondsFor(1_000_000)).isEqualTo(60);
    }

    @Test
    void whileNoneHasEndedTheWaitIsAsLongAsTheyHaveWaited() {
        // Given
        rate.began();
        // When Then
        assertThat(rate.secondsFor(10_000)).isEqualTo(1);
        time.advance(Duration.ofMillis(4_500));
        assertThat(rate.secondsFor(10_000)).isEqualTo(5);
        time.advance(Duration.ofMinutes(5));
        assertThat(rate.secondsFor(10_000)).isEqualTo(60);
    }

    @Test
    void whatWasLongAgoCountsLess() {
        // Given
        rate.began();
        endEach(Duration.ofMillis(1), 5_000);
        // When
        endEach(Duration.ofMillis(100), 600);
        // Then
        assertThat(rate.secondsFor(100)).isBetween(7, 10);
    }

    private void endEach(Duration every, int count) {
        for (int each = 0; each < count; each++) {
            time.advance(every);
            rate.ended();
        }
    }
}
