package io.drawdown.sessions.live;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MeterTest {

    private static final long START = Long.MAX_VALUE - seconds(30);
    private static final long NO_END = START + Duration.ofHours(24).toNanos();

    @Test
    void countsOnlyWhileItServes() {
        // Given
        Meter meter = Meter.stopped(new Limit(0, 60_000), START, NO_END);
        // When
        Meter after = meter.tick(START + seconds(1))
                .serve(START + seconds(2))
                .tick(START + seconds(3))
                .stop(START + millis(3_500))
                .tick(START + seconds(5));
        // Then
        assertThat(after.usedMillis()).isEqualTo(1_500);
    }

    @Test
    void aGapAboveTwoSecondsIsNotCounted() {
        // Given
        Meter meter = Meter.stopped(new Limit(0, 60_000), START, NO_END).serve(START);
        // When
        Meter twoSeconds = meter.tick(START + seconds(2));
        Meter more = meter.tick(START + seconds(2) + 1);
        // Then
        assertThat(twoSeconds.usedMillis()).isEqualTo(2_000);
        assertThat(more.usedMillis()).isZero();
        assertThat(more.tick(START + seconds(3)).usedMillis()).isEqualTo(999);
    }

    @Test
    void countsNothingBeyondEightSecondsAfterTheLastSignOfLife() {
        // Given
        Meter meter = Meter.stopped(new Limit(0, 60_000), START, NO_END).serve(START);
        // When
        long now = START;
        for (int tick = 0; tick < 40; tick++) {
            now += millis(700);
            meter = meter.tick(now);
        }
        // Then
        assertThat(meter.usedMillis()).isEqualTo(8_000);
        assertThat(meter.isSilent()).isTrue();
        assertThat(meter.signOfLife(now).tick(now + seconds(1)).usedMillis()).isEqualTo(9_000);
    }

    @Test
    void neverCountsBeyondWhatIsFunded() {
        // Given
        Meter meter = Meter.stopped(new Limit(0, 1_000), START, NO_END).serve(START);
        // When
        Meter atLimit = meter.tick(START + millis(1_700));
        // Then
        assertThat(atLimit.usedMillis()).isEqualTo(1_000);
        assertThat(atLimit.isAtLimit()).isTrue();
        assertThat(atLimit.left()).isZero();
    }

    @Test
    void fundedNeverFalls() {
        // When
        Meter meter = Meter.stopped(new Limit(0, 60_000), START, NO_END)
                .fund(new Limit(0, 90_000))
                .fund(new Limit(0, 30_000));
        // Then
        assertThat(meter.fundedMillis()).isEqualTo(90_000);
    }

    @Test
    void aClientThatSendsAnythingEvery900MillisForAnHourPaysTheFullPrice() {
        // Given
        Meter meter = Meter.stopped(new Limit(0, 10_000_000), START, NO_END).serve(START);
        // When
        long now = START;
        for (int sign = 0; sign < 4_000; sign++) {
            now += millis(900);
            meter = meter.signOfLife(now);
        }
        // Then
        assertThat(meter.usedMillis()).isEqualTo(3_600_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void atAnyPaceOfTicksSignsAndReconnectsTheTotalIsWhatWasServed(long seed) {
        // Given
        Random random = new Random(seed);
        Meter meter = Meter.stopped(new Limit(0, Duration.ofHours(1).toMillis()), START, NO_END)
                .serve(START);
        long now = START;
        long servedNanos = 0;
        // When
        for (int step = 0; step < 5_000; step++) {
            long elapsed = random.nextLong(1, random.nextBoolean() ? 3_000_000 : 400_000_000);
            now += elapsed;
            servedNanos += meter.serving() ? elapsed : 0;
            meter = switch (random.nextInt(4)) {
                case 0 -> meter.signOfLife(now).stop(now);
                case 1 -> meter.signOfLife(now).serve(now);
                case 2 -> meter.tick(now);
                default -> meter.signOfLife(now);
            };
            meter = meter.signOfLife(now);
        }
        // Then
        assertThat(meter.usedNanos()).isEqualTo(servedNanos);
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
