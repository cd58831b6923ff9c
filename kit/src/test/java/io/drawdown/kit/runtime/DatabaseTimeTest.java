package io.drawdown.kit.runtime;

import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DatabaseTimeTest {

    private static final Duration ONE_SAMPLE = DatabaseTime.SAMPLE_INTERVAL.plusSeconds(1);

    /** Both this machine's monotonic clock and, by {@code offset}, the database's. */
    private final ManualTime machine = new ManualTime();

    private Duration offset = Duration.ofHours(3);
    private Duration latency = Duration.ofMillis(20);
    private boolean isAway;
    private final DatabaseTime time = new DatabaseTime(this::database, machine, machine::nanos);

    private Uni<Instant> database() {
        Duration half = latency.dividedBy(2);
        return machine.answer(half, this::databaseNow).chain(now -> machine.answer(half, () -> now));
    }

    private Instant databaseNow() {
        if (isAway) {
            throw new Unavailable("away");
        }
        return machine.now().plus(offset);
    }

    private void start() {
        time.start().subscribe().with(started -> {}, fault -> {});
        machine.advance(Duration.ofSeconds(1));
    }

    @Test
    void timeIsUnknownBeforeTheFirstSample() {
        assertThatThrownBy(time::now).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void halfTheRoundTripIsAddedToASample() {
        // When
        start();
        // Then
        assertThat(time.now()).isEqualTo(machine.now().plus(offset));
    }

    @Test
    void monotonicClockCarriesTimeOnWhileTheDatabaseIsAway() {
        // Given
        start();
        isAway = true;
        // When
        machine.advance(Duration.ofMinutes(10));
        // Then
        assertThat(time.now()).isEqualTo(machine.now().plus(offset));
    }

    @Test
    void samplingGoesOnAfterAnOutage() {
        // Given
        start();
        isAway = true;
        machine.advance(Duration.ofMinutes(10));
        // When
        isAway = false;
        offset = offset.plusSeconds(20);
        machine.advance(ONE_SAMPLE);
        // Then
        assertThat(time.now()).isEqualTo(machine.now().plus(offset));
    }

    @Test
    void stepAboveOneMinuteIsRefusedAndCounted() {
        // Given
        start();
        Duration believed = offset;
        // When
        offset = offset.plusSeconds(61);
        machine.advance(ONE_SAMPLE);
        // Then
        assertThat(time.now()).isEqualTo(machine.now().plus(believed));
        assertThat(time.refusedSteps()).isEqualTo(1);
    }

    @Test
    void timeNeverGoesBackWhenTheDatabaseClockDoes() {
        // Given
        start();
        Instant before = time.now();
        // When
        offset = offset.minusSeconds(30);
        machine.advance(ONE_SAMPLE);
        // Then
        assertThat(time.now()).isEqualTo(before);
        machine.advance(Duration.ofMinutes(1));
        assertThat(time.now()).isEqualTo(machine.now().plus(offset));
        assertThat(time.refusedSteps()).isZero();
    }

    @Test
    void slowSampleIsDropped() {
        // Given
        start();
        Duration believed = offset;
        // When
        latency = Duration.ofSeconds(4);
        offset = offset.plusSeconds(10);
        machine.advance(Duration.ofSeconds(10));
        // Then
        assertThat(time.now()).isEqualTo(machine.now().plus(believed));
    }

    @Test
    void failedFirstSampleMayBeRepeated() {
        // Given
        isAway = true;
        start();
        // When
        isAway = false;
        start();
        // Then
        assertThat(time.now()).isEqualTo(machine.now().plus(offset));
    }
}
