package io.drawdown.tasks.run;

import io.drawdown.kit.testing.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LeaseValidityTest {

    private static final Duration MOMENT = Duration.ofMillis(1);

    private final ManualTime time = new ManualTime();
    private int doubts;
    private final LeaseValidity validity = new LeaseValidity(time, time, () -> doubts++);

    @Test
    void aRenewalIsTrustedFromWhenItWasSent() {
        // Given: the answer took two seconds
        long asked = time.nanos();
        time.advance(Duration.ofSeconds(2));
        // When
        validity.renewed("a", asked);
        time.advance(LeaseValidity.TRUST.minusSeconds(2).minus(MOMENT));
        // Then
        assertThat(validity.mayAct()).isTrue();
        assertThat(doubts).isZero();
        time.advance(MOMENT);
        assertThat(validity.mayAct()).isFalse();
        assertThat(doubts).isEqualTo(1);
    }

    @Test
    void renewalsInTimeLeaveNoDoubt() {
        // When
        for (int renewal = 0; renewal < 10; renewal++) {
            validity.renewed("a", time.nanos());
            time.advance(Duration.ofSeconds(3));
        }
        // Then
        assertThat(validity.mayAct()).isTrue();
        assertThat(doubts).isZero();
    }

    @Test
    void aLostNameMayNotActWhateverTheTime() {
        // Given
        validity.renewed("a", time.nanos());
        // When
        validity.lost();
        time.advance(Duration.ofMinutes(1));
        // Then
        assertThat(validity.mayAct()).isFalse();
        assertThat(doubts).isZero();
    }
}
