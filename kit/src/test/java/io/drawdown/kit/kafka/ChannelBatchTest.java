package io.drawdown.kit.kafka;

import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.UsageReport;
import io.drawdown.kit.events.BatchProcessor;
import io.drawdown.kit.events.EventReader;
import io.drawdown.kit.events.FakeBatch;
import io.drawdown.kit.events.FakeDeadLetters;
import io.drawdown.kit.events.FaultHandling;
import io.drawdown.kit.events.Received;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.testing.ManualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChannelBatchTest {

    private final ManualTime time = new ManualTime();
    private final FakeDeadLetters letters = new FakeDeadLetters(time);
    private final List<UsageReport> handled = new ArrayList<>();

    @Test
    void batchIsAcknowledgedOnceItIsProcessed() {
        // Given
        UsageReport report = new UsageReport(List.of(new MeterReading("ada", "ses_a", 1, 1)));
        FakeBatch batch =
                new FakeBatch().add(UsageReport.EVENT_TYPE, null).add(UsageReport.EVENT_TYPE, Json.bytes(report));
        BatchProcessor<UsageReport> processor = new BatchProcessor<>(
                new EventReader<>(Set.of(UsageReport.EVENT_TYPE), UsageReport.class),
                reports -> time.answer(() -> {
                    handled.addAll(Received.data(reports));
                    return List.of();
                }),
                new FaultHandling(letters, time::pause, new SplittableRandom(1)));
        // When
        CompletableFuture<Void> processed =
                ChannelBatch.process(batch, processor).subscribeAsCompletionStage();
        // Then
        assertThat(batch.acknowledged()).isFalse();
        time.runUntilIdle();
        assertThat(processed).isCompleted();
        assertThat(batch.acknowledged()).isTrue();
        assertThat(letters.offsets()).containsExactly(0L);
        assertThat(handled).containsExactly(report);
    }
}
