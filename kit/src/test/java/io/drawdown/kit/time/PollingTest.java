package io.drawdown.kit.time;

import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PollingTest {

    private final ManualTime time = new ManualTime();
    private final Polling polling = new Polling(time, time, Duration.ofMillis(20));
    private boolean holds;

    private UniAssertSubscriber<Boolean> waiting() {
        return polling.until(() -> holds, Duration.ofSeconds(1))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }

    @Test
    void conditionThatHoldsIsFoundAtOnce() {
        // Given
        holds = true;
        // When
        var answer = waiting();
        // Then
        answer.assertItem(true);
    }

    @Test
    void conditionThatComesToHoldIsFoundAtTheNextLook() {
        // Given
        var answer = waiting();
        time.advance(Duration.ofMillis(50));
        // When
        holds = true;
        answer.assertNotTerminated();
        time.advance(Duration.ofMillis(10));
        // Then
        answer.assertItem(true);
        assertThat(time.waiting()).isZero();
    }

    @Test
    void waitingEndsWhenTheTimeIsOver() {
        // Given
        var answer = waiting();
        // When
        time.advance(Duration.ofSeconds(1));
        // Then
        answer.assertItem(false);
        assertThat(time.waiting()).isZero();
    }
}
