package io.drawdown.billing.stripe;

import io.drawdown.billing.item.engine.QueueRun;
import io.drawdown.billing.stripe.StripeSettings.Rates;
import io.drawdown.kit.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls are spread over time; whoever would wait too long is sent away. */
class CallLimiterTest {

    private final ManualTime time = new ManualTime();
    private final CallLimiter limiter = new CallLimiter(new Rates(25, 100), time, time);
    private final List<Boolean> entered = new ArrayList<>();

    private void enter(Endpoint endpoint, int times) {
        for (int i = 0; i < times; i++) {
            limiter.enter(endpoint).subscribe().with(entered::add);
        }
    }

    @Test
    void callsOfOneEndpointAreSpread() {
        // Given
        enter(Endpoint.CONFIRM_INTENT, 26);
        // When
        time.advance(Duration.ofMillis(960));
        // Then
        assertThat(entered).hasSize(25).containsOnly(true);
    }

    @Test
    void callsOfAllEndpointsAreSpread() {
        // Given
        for (int i = 0; i < 10; i++) {
            for (Endpoint endpoint : Endpoint.values()) {
                enter(endpoint, 1);
            }
        }
        // When
        time.advance(Duration.ofMillis(990));
        // Then
        assertThat(entered).hasSizeLessThanOrEqualTo(100).hasSizeGreaterThan(90);
    }

    @Test
    void whoWouldWaitTooLongIsSentAwayAtOnce() {
        // When
        enter(Endpoint.CONFIRM_INTENT, 120);
        // Then
        assertThat(entered).filteredOn(isAdmitted -> !isAdmitted).hasSize(120 - 101);
    }

    @Test
    void noItemThatARunWorksOnAtATimeIsSentAway() {
        // Given
        enter(Endpoint.CONFIRM_INTENT, QueueRun.CONCURRENT);
        // When
        time.advance(CallLimiter.LONGEST_WAIT);
        // Then
        assertThat(entered).hasSize(QueueRun.CONCURRENT).containsOnly(true);
    }
}
