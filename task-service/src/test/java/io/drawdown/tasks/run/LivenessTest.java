package io.drawdown.tasks.run;

import io.drawdown.kit.testing.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LivenessTest {

    private static final Duration MOMENT = Duration.ofMillis(1);

    private final ManualTime time = new ManualTime();
    private int doubts;
    private final Liveness liveness = new Liveness(time, time, () -> doubts++);

    @Test
    void aRenewalIsTrustedFromWhenItWasSent() {
        // Given: the answer took two seconds
        long asked = time.nanos();
        time.advance(Duration.ofSeconds(2));
        // When
        liveness.renewed("a", asked);
        time.advance(Liveness.TRUST.minusSeconds(2).minus(MOMENT));
        // Then
        assertThat(liveness.mayAct()).isTrue();
        assertThat(doubts).isZero();
        time.advance(MOMENT);
        assertThat(liveness.mayAct()).isFalse();
        assertThat(doubts).isEqualTo(1);
    }

    @Test
    void renewalsInTimeLeaveNoDoubt() {
        // When
        for (int renewal = 0; renewal < 10; renewal++) {
            liveness.renewed("a", time.nanos());
            time.advance(Duration.ofSeconds(3));
        }
        // Then
        assertThat(liveness.mayAct()).isTrue();
        assertThat(doubts).isZero();
    }

    @Test
    void aLostNameMayNotActWhateverTheTime() {
        // Given
        liveness.renewed("a", time.nanos());
        // When
        liveness.lost();
        time.advance(Duration.ofMinutes(1));
        // Then
        assertThat(liveness.mayAct()).isFalse();
        assertThat(doubts).isZero();
    }
}
