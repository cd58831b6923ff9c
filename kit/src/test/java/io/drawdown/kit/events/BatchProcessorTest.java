package io.drawdown.kit.events;

import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.UsageReport;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class BatchProcessorTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final ManualTime time = new ManualTime();
    private final FakeDeadLetters letters = new FakeDeadLetters(time);
    private final List<RawRecord> records = new ArrayList<>();
    private final List<UsageReport> handled = new ArrayList<>();
    private final List<Long> attempts = new ArrayList<>();
    private Function<Duration, Uni<Void>> pause = time::pause;

    @Test
    void unreadableRecordsAreSetAsideAndTheOthersGoThrough() {
        // Given
        add("a");
        add(UsageReport.EVENT_TYPE, "{".getBytes(UTF_8));
        add(null, Json.bytes(report("b")));
        add(UsageReport.EVENT_TYPE, null);
        add("io.drawdown.metering.usage.recorded.v2", Json.bytes(report("c")));
        add("d");
        // When
        CompletableFuture<Void> processed = process(this::take);
        time.runUntilIdle();
        // Then
        assertThat(processed).isCompleted();
        assertThat(handled).containsExactly(report("a"), report("d"));
        assertThat(letters.offsets()).containsExactly(1L, 2L, 3L);
        assertThat(letters.reasons).doesNotContain("").contains("no header ce_type", "no data");
    }

    @Test
    void transientFaultHoldsTheBatchUntilItSucceeds() {
        // Given
        add("a");
        // When
        CompletableFuture<Void> processed = process(reports -> switch (attempts.size()) {
            case 1 -> Uni.createFrom().failure(new Unavailable("the store is away"));
            case 2 -> throw new OutcomeUnknown("the store did not answer", new TimeoutException());
            default -> take(reports);
        });
        // Then
        time.advance(Duration.ofMillis(199));
        assertThat(attempts).hasSize(1);
        time.advance(Duration.ofSeconds(1));
        assertThat(attempts).hasSize(3);
        assertThat(processed).isCompleted();
        assertThat(handled).containsExactly(report("a"));
        assertThat(letters.records).isEmpty();
    }

    @Test
    void pausesGrowToFiveSecondsHoweverLongTheOutage() {
        // Given
        add("a");
        long end = time.nanos() + DAY.toNanos();
        // When
        CompletableFuture<Void> processed = process(reports ->
                time.nanos() < end ? Uni.createFrom().failure(new Unavailable("the store is away")) : take(reports));
        time.advance(DAY.plusSeconds(5));
        // Then
        assertThat(processed).isCompleted();
        assertThat(handled).containsExactly(report("a"));
        List<Long> pauses = new ArrayList<>();
        for (int i = 1; i < attempts.size(); i++) {
            pauses.add(Duration.ofNanos(attempts.get(i) - attempts.get(i - 1)).toMillis());
        }
        assertThat(pauses).hasSizeGreaterThan(17_000).allMatch(millis -> millis >= 200 && millis <= 5_000);
        assertThat(pauses.getFirst()).isLessThanOrEqualTo(300);
        assertThat(pauses.subList(5, pauses.size())).allMatch(millis -> millis >= 2_500);
        assertThat(Set.copyOf(pauses)).hasSizeGreaterThan(1_000);
    }

    @Test
    void batchThatAStopInterruptsIsNeitherAcknowledgedNorSetAside() {
        // Given
        add("a");
        add(UsageReport.EVENT_TYPE, null);
        letters.faults.add(new Unavailable("nothing is published any more"));
        pause = duration -> Uni.createFrom().failure(new Unavailable("this instance stops"));
        // When
        CompletableFuture<Void> unreadable = process(this::take);
        records.removeLast();
        CompletableFuture<Void> unavailable =
                process(reports -> Uni.createFrom().failure(new Unavailable("this instance stops")));
        time.runUntilIdle();
        // Then
        assertThat(unreadable).isNotDone();
        assertThat(unavailable).isNotDone();
        assertThat(letters.records).isEmpty();
        assertThat(handled).isEmpty();
    }

    @Test
    void valueThatAlwaysFailsIsSetAsideAlone() {
        // Given
        add("a");
        add("poison");
        add("b");
        // When
        CompletableFuture<Void> processed = process(reports -> {
            if (reports.contains(report("poison"))) {
                throw new IllegalStateException("a bug");
            }
            return take(reports);
        });
        time.runUntilIdle();
        // Then
        assertThat(processed).isCompleted();
        assertThat(handled).containsExactly(report("a"), report("b"));
        assertThat(letters.offsets()).containsExactly(1L);
    }

    @Test
    void rejectedEntryIsSetAside() {
        // Given
        add("a");
        Rejection rejection = new Rejection("a", report("a").readings().getFirst(), "no such account");
        letters.faults.add(new Unavailable("the broker is away"));
        // When
        CompletableFuture<Void> processed = process(reports -> Uni.createFrom().item(List.of(rejection)));
        time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(processed).isCompleted();
        assertThat(letters.rejections).containsExactly(rejection);
        assertThat(attempts).hasSize(1);
    }

    @Test
    void deadLetterThatCannotBeWrittenHoldsTheBatchWhateverItsFault() {
        // Given
        add(UsageReport.EVENT_TYPE, null);
        add("a");
        letters.faults.add(new IllegalStateException("a bug"));
        // When
        CompletableFuture<Void> processed = process(this::take);
        time.runUntilIdle();
        // Then
        assertThat(processed).isNotDone();
        assertThat(handled).isEmpty();
        time.advance(Duration.ofSeconds(1));
        assertThat(processed).isCompleted();
        assertThat(letters.offsets()).containsExactly(0L);
        assertThat(handled).containsExactly(report("a"));
    }

    private CompletableFuture<Void> process(Function<List<UsageReport>, Uni<List<Rejection>>> handler) {
        FaultHandling ports = new FaultHandling(letters, pause, new SplittableRandom(1));
        Function<List<Received<UsageReport>>, Uni<List<Rejection>>> counted = reports -> {
            attempts.add(time.nanos());
            return handler.apply(Received.data(reports));
        };
        return new BatchProcessor<>(
                        new EventReader<>(Set.of(UsageReport.EVENT_TYPE), UsageReport.class), counted, ports)
                .process(records)
                .subscribeAsCompletionStage();
    }

    private Uni<List<Rejection>> take(List<UsageReport> reports) {
        return time.answer(() -> {
            handled.addAll(reports);
            return List.of();
        });
    }

    private void add(String account) {
        CloudEvent event = new CloudEvent(
                "w:1", UsageReport.EVENT_TYPE, "test", "w", ManualTime.START, account, Json.bytes(report(account)));
        records.add(RawRecord.of(event, "usage", 0, records.size()));
    }

    /** @param type the header {@code ce_type}; null for none */
    private void add(@Nullable String type, byte @Nullable [] value) {
        RecordHeaders headers = new RecordHeaders();
        if (type != null) {
            RawRecord.put(headers, "ce_type", type);
        }
        records.add(new RawRecord("usage", 0, records.size(), "key", value, headers));
    }

    private static UsageReport report(String account) {
        return new UsageReport(List.of(new MeterReading(account, "ses_" + account, 1, 1)));
    }
}
