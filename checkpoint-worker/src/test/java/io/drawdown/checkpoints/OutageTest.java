package io.drawdown.checkpoints;

import io.drawdown.checkpoints.config.CheckpointLimits;
import io.drawdown.contracts.MeterReading;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static io.drawdown.checkpoints.TestWorker.INTERVAL;
import static io.drawdown.checkpoints.TestWorker.reading;
import static org.assertj.core.api.Assertions.assertThat;

class OutageTest {

    private final TestWorker worker = TestWorker.started().owning(0, 1, 2, 3);

    @Test
    void afterAnOutageEverySessionIsReportedOnceWithItsNewestTotal() {
        // Given
        worker.topic.away = true;
        worker.live(INTERVAL.multipliedBy(4), 2_000, 4);
        // When
        worker.topic.away = false;
        worker.time.advance(Duration.ofSeconds(15));
        // Then
        assertThat(worker.topic.readings())
                .hasSizeBetween(2_000, 2_200)
                .allSatisfy(reading -> assertThat(reading.usedMillis()).isEqualTo(115_000));
        assertThat(worker.topic.totals()).hasSize(2_000);
    }

    @Test
    void circuitBreakerLimitsAttemptsDuringAnOutage() {
        // Given
        worker.topic.away = true;
        // When
        worker.live(Duration.ofMinutes(10), 2_000, 4);
        // Then
        assertThat(worker.topic.attempts).isLessThan(200);
        assertThat(worker.lateRuns).isNotEmpty();
        assertThat(worker.runs.getLast().backlog()).isEqualTo(2_000);
    }

    @Test
    void catchingUpIsBoundedPerTick() {
        // Given
        CheckpointLimits limits = new CheckpointLimits(INTERVAL, Duration.ofMillis(250), 10, 2, 4, 200_000, 2);
        TestWorker bounded = new TestWorker(worker.time, worker.topic, limits).owning(0, 1, 2, 3);
        worker.topic.away = true;
        bounded.live(INTERVAL.multipliedBy(2), 400, 4);
        worker.topic.away = false;
        // When
        worker.time.advance(Duration.ofSeconds(20));
        // Then
        assertThat(worker.topic.published).hasSizeGreaterThanOrEqualTo(40);
        assertThat(worker.topic.published.stream()
                        .collect(Collectors.groupingBy(FakeUsageTopic.Published::atNanos, Collectors.counting()))
                        .values())
                .allSatisfy(records -> assertThat(records).isLessThanOrEqualTo(2));
    }

    @Test
    void lostAcknowledgementOnlyRepeatsATotal() {
        // Given
        worker.topic.losesAcknowledgements = true;
        worker.hear(0, reading("ses-a", 1_000));
        worker.time.advance(INTERVAL);
        // When
        worker.hear(0, reading("ses-a", 31_000));
        worker.topic.losesAcknowledgements = false;
        worker.time.advance(INTERVAL);
        // Then
        assertThat(worker.topic.readings()).hasSizeGreaterThan(1);
        assertThat(worker.topic.totals()).containsEntry("ses-a", reading("ses-a", 31_000));
    }

    @Test
    void runWithASlowBrokerIsCountedAsLate() {
        // Given
        worker.topic.latency = Duration.ofSeconds(25);
        // When
        worker.live(INTERVAL.multipliedBy(2), 100, 4);
        // Then
        assertThat(worker.lateRuns).isNotEmpty();
    }

    @Test
    void stoppingWorkerReportsWhatItHeardSinceTheLastReport() {
        // Given
        worker.hear(0, reading("ses-a", 1_000), reading("ses-b", 2_000));
        // When
        UniAssertSubscriber<Boolean> stopped =
                worker.core.stop(Duration.ofSeconds(5)).subscribe().withSubscriber(UniAssertSubscriber.create());
        worker.time.advance(Duration.ofSeconds(1));
        // Then
        stopped.assertCompleted();
        assertThat(worker.topic.readings()).containsExactlyInAnyOrder(reading("ses-a", 1_000), reading("ses-b", 2_000));
        assertThat(worker.runs).hasSize(1);
    }

    @Test
    void stoppingWithoutABrokerTakesNoLongerThanAllowed() {
        // Given
        worker.topic.away = true;
        worker.hear(
                1, IntStream.range(0, 500).mapToObj(i -> reading("ses-" + i, 1)).toArray(MeterReading[]::new));
        // When
        UniAssertSubscriber<Boolean> stopped =
                worker.core.stop(Duration.ofSeconds(5)).subscribe().withSubscriber(UniAssertSubscriber.create());
        worker.time.advance(Duration.ofSeconds(5));
        // Then
        stopped.assertCompleted();
        worker.time.advance(Duration.ofMinutes(1));
        assertThat(worker.time.waiting()).isZero();
    }

    @Test
    void workerReportsEachSessionOnceAfterAStall() {
        // Given
        worker.live(INTERVAL, 100, 4);
        worker.topic.published.clear();
        worker.hear(0, reading("ses-0", 99_000));
        // When
        worker.time.advance(INTERVAL.multipliedBy(10));
        // Then
        assertThat(worker.topic.readings().stream().filter(r -> r.sessionId().equals("ses-0")))
                .containsExactly(reading("ses-0", 99_000));
    }
}
