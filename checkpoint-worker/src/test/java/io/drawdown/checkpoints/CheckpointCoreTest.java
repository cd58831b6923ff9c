package io.drawdown.checkpoints;

import io.drawdown.checkpoints.config.CheckpointLimits;
import io.drawdown.checkpoints.metering.ReportSlots;
import io.drawdown.checkpoints.runs.Run;
import io.drawdown.contracts.MeterReading;
import io.drawdown.kit.events.Rejection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static io.drawdown.checkpoints.TestWorker.INTERVAL;
import static io.drawdown.checkpoints.TestWorker.reading;
import static org.assertj.core.api.Assertions.assertThat;

class CheckpointCoreTest {

    private final TestWorker worker = TestWorker.started().owning(0, 1, 2, 3);

    @Test
    void everySessionIsReportedOnceAnInterval() {
        // When
        worker.live(INTERVAL.multipliedBy(3), 500, 4);
        worker.time.advance(Duration.ofMillis(3));
        // Then
        Map<String, Long> reports = worker.topic.readings().stream()
                .collect(Collectors.groupingBy(MeterReading::sessionId, Collectors.counting()));
        assertThat(reports).hasSize(500);
        assertThat(reports.values()).containsOnly(3L);
    }

    @Test
    void reportGoesToThePartitionOfItsHeartbeat() {
        // When
        worker.live(INTERVAL, 100, 4);
        // Then
        assertThat(worker.topic.published).isNotEmpty().allSatisfy(published -> assertThat(
                        published.report().readings())
                .allSatisfy(
                        reading -> assertThat(number(reading.sessionId()) % 4).isEqualTo(published.partition())));
    }

    @Test
    void sessionsAreSpreadOverTheWholeInterval() {
        // When
        worker.live(INTERVAL.multipliedBy(2), 6_000, 4);
        // Then
        Map<Long, Integer> perSecond = worker.topic.published.stream()
                .collect(Collectors.groupingBy(
                        published -> published.atNanos() / 1_000_000_000L,
                        Collectors.summingInt(
                                published -> published.report().readings().size())));
        assertThat(perSecond).hasSizeGreaterThanOrEqualTo(59);
        assertThat(perSecond.values())
                .allSatisfy(readings -> assertThat(readings).isBetween(120, 280));
    }

    @Test
    void sessionIsAlwaysReportedAtTheSameDistance() {
        // When
        worker.live(INTERVAL.multipliedBy(3), 1, 1);
        // Then
        List<Long> at = worker.topic.published.stream()
                .map(FakeUsageTopic.Published::atNanos)
                .toList();
        assertThat(at).hasSize(3);
        assertThat(at.get(1) - at.get(0)).isEqualTo(INTERVAL.toNanos());
        assertThat(at.get(2) - at.get(1)).isEqualTo(INTERVAL.toNanos());
    }

    @Test
    void duplicatedReorderedOrLostReadingNeverLowersATotal() {
        // When
        worker.hear(0, reading("ses-a", 10_000), reading("ses-a", 15_000));
        worker.hear(0, reading("ses-a", 5_000));
        worker.hear(0, reading("ses-a", 15_000));
        worker.time.advance(INTERVAL);
        // Then
        assertThat(worker.topic.readings()).containsExactly(reading("ses-a", 15_000));
    }

    @Test
    void readingOfAnOlderEpochIsIgnored() {
        // When
        worker.hear(0, reading("ses-a", 1, 90_000));
        worker.hear(0, reading("ses-a", 2, 40_000));
        worker.hear(0, reading("ses-a", 1, 95_000));
        worker.time.advance(INTERVAL);
        // Then
        assertThat(worker.topic.readings()).containsExactly(reading("ses-a", 2, 40_000));
    }

    @Test
    void equalTotalIsReportedAgainBecauseItStillRefills() {
        // Given
        worker.hear(0, reading("ses-a", 7_000));
        worker.time.advance(INTERVAL);
        // When
        worker.hear(0, reading("ses-a", 7_000));
        worker.time.advance(INTERVAL);
        // Then
        assertThat(worker.topic.readings()).containsExactly(reading("ses-a", 7_000), reading("ses-a", 7_000));
    }

    @Test
    void silentSessionIsNotReportedAgainAndIsForgottenLater() {
        // Given
        worker.hear(0, reading("ses-a", 7_000));
        // When
        worker.time.advance(INTERVAL.multipliedBy(4));
        // Then
        assertThat(worker.topic.readings()).hasSize(1);
        assertThat(worker.core.sessions()).isZero();
        assertThat(worker.runs.stream().mapToLong(Run::forgotten).sum()).isEqualTo(1);
    }

    @Test
    void dueReadingsOfATickAreFoldedIntoRecordsOfAtMostAThousand() {
        // Given
        List<MeterReading> sameSlot = Stream.iterate(0, i -> i + 1)
                .map(i -> "ses-" + i)
                .filter(session -> new ReportSlots(120).slotOf(session) == 60)
                .limit(2_500)
                .map(session -> reading(session, 1_000))
                .toList();
        // When
        worker.hear(2, sameSlot.toArray(MeterReading[]::new));
        worker.time.advance(INTERVAL);
        // Then
        assertThat(worker.topic.published.stream()
                        .map(published -> published.report().readings().size()))
                .containsExactly(1_000, 1_000, 500);
    }

    @Test
    void sessionBeyondTheBoundIsCountedAndNotKept() {
        // Given
        TestWorker small = new TestWorker(
                worker.time,
                worker.topic,
                new CheckpointLimits(INTERVAL, Duration.ofMillis(250), 1_000, 64, 256, 10, 2));
        small.owning(0);
        // When
        small.hear(
                0, IntStream.range(0, 12).mapToObj(i -> reading("ses-" + i, 1)).toArray(MeterReading[]::new));
        small.hear(0, reading("ses-3", 5));
        // Then
        assertThat(small.core.sessions()).isEqualTo(10);
        assertThat(small.overflowed).isEqualTo(2);
    }

    @Test
    void readingThatCanNeverBeAppliedIsRejectedAlone() {
        // When
        worker.hear(0, reading("ses-a", 1_000), reading("ses-b", 0, 1_000), reading("ses-c", -1), reading("", 1_000));
        worker.time.advance(INTERVAL);
        // Then
        assertThat(worker.rejections).extracting(Rejection::reason).hasSize(3).doesNotHaveDuplicates();
        assertThat(worker.topic.readings()).containsExactly(reading("ses-a", 1_000));
    }

    @Test
    void eachRunIsStoredOnce() {
        // When
        worker.live(INTERVAL.multipliedBy(2), 40, 4);
        // Then
        assertThat(worker.runs).hasSize(2);
        assertThat(worker.runs.getLast()).satisfies(run -> {
            assertThat(run.worker()).isEqualTo("worker-1");
            assertThat(run.partitions()).isEqualTo(4);
            assertThat(run.sessions()).isEqualTo(40);
            assertThat(run.emitted()).isEqualTo(40);
            assertThat(run.backlog()).isZero();
            assertThat(run.lagMillis()).isEqualTo(3);
            assertThat(run.elapsedMillis()).isBetween(3L, 3L * run.records());
            assertThat(run.id()).startsWith("" + run.startedAt().toEpochMilli());
        });
        assertThat(worker.lateRuns).isEmpty();
    }

    @Test
    void databaseOutageLosesOnlyTheRun() {
        // Given
        worker.storeAway = true;
        // When
        worker.live(INTERVAL.multipliedBy(2), 40, 4);
        // Then
        assertThat(worker.topic.readings()).hasSize(80);
        assertThat(worker.runsLost).isEqualTo(2);
    }

    private static int number(String session) {
        return Integer.parseInt(session.substring("ses-".length()));
    }
}
