package io.drawdown.billing.metrics;

import io.drawdown.billing.testing.TestProcesses;
import io.drawdown.contracts.BatchRunEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What Prometheus sees of a process before it has ended once. */
class RunMetricsTest {

    @ParameterizedTest
    @EnumSource
    void aProcessThatHasNotEndedYetHasEnded0Times(BatchRunEvent.State state) {
        // Given
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();

        // When
        new RunMetrics(metrics, List.of(new TestProcesses.Counting()));

        // Then
        assertThat(metrics.get("drawdown.batch.processes")
                        .tag("process", "counting")
                        .tag("state", state.name().toLowerCase(Locale.ROOT))
                        .timer()
                        .count())
                .isZero();
    }
}
