package io.drawdown.kit.time;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BackoffTest {

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));
    private static final int DRAWS = 1_000;

    private final RandomGenerator random = new SplittableRandom(1);

    private Stream<Long> delays(Backoff backoff, int failures) {
        return IntStream.range(0, DRAWS)
                .mapToObj(draw -> backoff.delay(failures, random).toMillis());
    }

    @Test
    void delayLiesBetweenHalfTheStepAndTheStep() {
        // When
        Stream<Long> delays = delays(BACKOFF, 0);
        // Then
        assertThat(delays).allMatch(millis -> millis >= 100 && millis <= 200).contains(100L, 200L);
    }

    @Test
    void stepDoublesWithEveryFailure() {
        // When
        Stream<Long> delays = delays(BACKOFF, 3);
        // Then
        assertThat(delays).allMatch(millis -> millis >= 800 && millis <= 1_600);
    }

    @Test
    void stepStopsAtTheLongestDelayHoweverManyFailuresThereWere() {
        // When
        Stream<Long> delays = Stream.of(5, 40, Integer.MAX_VALUE).flatMap(failures -> delays(BACKOFF, failures));
        // Then
        assertThat(delays).allMatch(millis -> millis >= 2_500 && millis <= 5_000);
    }

    @Test
    void constantBackoffDoesNotGrow() {
        // When
        Stream<Long> delays = delays(Backoff.constant(Duration.ofMillis(20)), 7);
        // Then
        assertThat(delays).allMatch(millis -> millis >= 10 && millis <= 20);
    }

    @Test
    void longestDelayBelowTheFirstIsRefused() {
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Backoff.constant(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
