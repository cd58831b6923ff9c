package io.drawdown.tasks.metrics;

import io.drawdown.kit.testing.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StartRatesTest {

    private final ManualTime time = new ManualTime();
    private final StartRates rates = new StartRates(time);

    @Test
    void startsOfTheLastMinuteCount() {
        // Given
        for (int start = 0; start < 120; start++) {
            rates.started("echo");
            time.advance(Duration.ofMillis(500));
        }
        rates.started("sleep");
        // When Then
        assertThat(rates.perSecond("echo")).isBetween(1.9, 2.0);
        assertThat(rates.perSecond("sleep")).isEqualTo(1 / 60.0);
        assertThat(rates.perSecond("mail")).isZero();
    }

    @Test
    void startsOfEarlierMinutesDoNotCount() {
        // Given
        rates.started("echo");
        // When
        time.advance(Duration.ofSeconds(59));
        double atTheEnd = rates.perSecond("echo");
        time.advance(Duration.ofSeconds(1));
        double later = rates.perSecond("echo");
        time.advance(Duration.ofDays(1));
        rates.started("echo");
        // Then
        assertThat(atTheEnd).isEqualTo(1 / 60.0);
        assertThat(later).isZero();
        assertThat(rates.perSecond("echo")).isEqualTo(1 / 60.0);
    }
}
