package io.drawdown.checkpoints;

import io.drawdown.checkpoints.config.CheckpointLimits;
import io.drawdown.kit.testing.ManualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static io.drawdown.checkpoints.TestWorker.INTERVAL;
import static io.drawdown.checkpoints.TestWorker.reading;
import static org.assertj.core.api.Assertions.assertThat;

class RebalanceTest {

    private final ManualTime time = new ManualTime();
    private final FakeUsageTopic topic = new FakeUsageTopic(time);
    private final TestWorker first = new TestWorker(time, topic, CheckpointLimits.of(INTERVAL));
    private final TestWorker second = new TestWorker(time, topic, CheckpointLimits.of(INTERVAL));

    @Test
    void newOwnerOfAPartitionReportsItAfterOneHeartbeat() {
        // Given
        first.owning(0);
        first.hear(0, reading("ses-a", 10_000));
        first.core.revoked(List.of(0));
        // When
        second.owning(0);
        second.hear(0, reading("ses-a", 15_000));
        time.advance(INTERVAL);
        // Then
        assertThat(topic.readings()).containsExactly(reading("ses-a", 15_000));
        assertThat(first.core.sessions()).isZero();
    }

    @Test
    void twoOwnersOfOnePartitionReportTheSameTotals() {
        // Given
        first.owning(0);
        second.owning(0);
        // When
        for (int seconds = 5; seconds <= 120; seconds += 5) {
            first.hear(0, reading("ses-a", seconds * 1_000L));
            second.hear(0, reading("ses-a", seconds * 1_000L - 5_000));
            time.advance(Duration.ofSeconds(5));
        }
        first.core.revoked(List.of(0));
        second.hear(0, reading("ses-a", 120_000));
        time.advance(INTERVAL);
        // Then
        assertThat(topic.readings()).hasSizeGreaterThanOrEqualTo(8);
        assertThat(topic.totals()).containsEntry("ses-a", reading("ses-a", 120_000));
    }

    @Test
    void readingsOfPartitionsOfOtherWorkersAreNotKept() {
        // Given
        first.owning(0);
        // When
        first.hear(1, reading("ses-a", 10_000));
        time.advance(INTERVAL);
        // Then
        assertThat(topic.readings()).isEmpty();
    }

    @Test
    void failedReportOfALostPartitionIsNotSentAgain() {
        // Given
        topic.away = true;
        topic.latency = Duration.ofSeconds(5);
        first.owning(0);
        first.hear(0, reading("ses-a", 10_000));
        time.advance(INTERVAL);
        int attempts = topic.attempts;
        // When
        first.core.revoked(List.of(0));
        first.owning(0);
        time.advance(INTERVAL);
        // Then
        assertThat(attempts).isPositive();
        assertThat(topic.attempts).isEqualTo(attempts);
    }
}
