package io.drawdown.contracts;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ServerClockTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final AtomicLong nanos = new AtomicLong(-7);
    private final ServerClock clock = new ServerClock(nanos::get);

    @Test
    void thereIsNoDeadlineBeforeTheFirstAnswer() {
        // When Then
        assertThat(clock.deadline(PATIENCE)).isEmpty();
        clock.learn(null);
        assertThat(clock.deadline(PATIENCE)).isEmpty();
    }

    @Test
    void theTimeOfAnAnswerIsCarriedOn() {
        // Given
        clock.learn(NOON.toString());
        // When
        nanos.addAndGet(Duration.ofMillis(1_500).toNanos());
        // Then
        assertThat(clock.deadline(PATIENCE)).contains(NOON.plusMillis(6_500));
    }

    @Test
    void aSlowAnswerDoesNotSetItBack() {
        // Given
        clock.learn(NOON.toString());
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        // When
        clock.learn(NOON.plusSeconds(1).toString());
        // Then
        assertThat(clock.deadline(PATIENCE)).contains(NOON.plusSeconds(7));
    }

    @Test
    void theClockFollowsTheInstanceThatIsMostAhead() {
        // Given
        clock.learn(NOON.toString());
        // When
        clock.learn(NOON.plusSeconds(3_600).toString());
        clock.learn(NOON.toString());
        // Then
        assertThat(clock.deadline(PATIENCE)).contains(NOON.plusSeconds(3_605));
    }

    @Test
    void anAnswerAfterMoreThanAMinuteReplacesTheTime() {
        // Given
        clock.learn(NOON.plusSeconds(3_600).toString());
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        // When
        clock.learn(NOON.toString());
        // Then
        assertThat(clock.deadline(PATIENCE)).contains(NOON.plusSeconds(5));
    }

    @Test
    void unreadableTimesAreIgnored() {
        // Given
        clock.learn(NOON.toString());
        // When
        clock.learn("noon");
        clock.learn("+1000000000-12-31T23:59:59Z");
        clock.learn("-0001-01-01T00:00:00Z");
        // Then
        assertThat(clock.deadline(PATIENCE)).contains(NOON.plusSeconds(5));
    }
}
