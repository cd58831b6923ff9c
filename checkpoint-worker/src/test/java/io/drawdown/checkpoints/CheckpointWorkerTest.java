package io.drawdown.checkpoints;

import io.drawdown.contracts.Heartbeat;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.UsageReport;
import io.drawdown.embedded.TestServers;
import io.drawdown.kit.events.Partitions;
import io.drawdown.kit.testing.Management;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@QuarkusTestResource(WorkerServers.class)
class CheckpointWorkerTest {

    private final TestKafka kafka = new TestKafka();

    @BeforeEach
    void theWorkerOwnsAllPartitions() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
        await().until(() -> metric("drawdown_checkpoint_partitions") == TestServers.PARTITIONS);
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void heartbeatsBecomeUsageReports() {
        // Given
        List<MeterReading> readings = IntStream.range(0, 40)
                .mapToObj(i -> reading("in-" + i, 1_000 + i))
                .toList();
        // When
        kafka.heartbeat(readings.toArray(MeterReading[]::new));
        // Then
        await().until(() -> kafka.read().totals().size() == 40);
        readings.forEach(
                reading -> assertThat(kafka.totals()).containsEntry(reading.sessionId(), reading.usedMillis()));
        assertThat(kafka.usage).allSatisfy(message -> {
            assertThat(TestKafka.header(message, "ce_type")).isEqualTo(UsageReport.EVENT_TYPE);
            assertThat(TestKafka.header(message, "ce_source")).isEqualTo("checkpoint-worker");
            assertThat(TestKafka.readingsOf(message))
                    .allSatisfy(reading -> assertThat(Partitions.of(reading.accountId(), TestServers.PARTITIONS))
                            .isEqualTo(message.partition()));
        });
        assertThat(kafka.usage.stream().map(message -> TestKafka.header(message, "ce_id")))
                .doesNotHaveDuplicates();
    }

    @Test
    void onlyTheGreatestTotalOfTheGreatestEpochIsReported() {
        // When
        kafka.heartbeat(
                new MeterReading("ada", "epochs", 1, 9_000),
                new MeterReading("ada", "epochs", 2, 3_000),
                new MeterReading("ada", "epochs", 2, 4_000),
                new MeterReading("ada", "epochs", 1, 10_000),
                new MeterReading("ada", "epochs", 2, 2_000));
        // Then
        await().untilAsserted(() -> assertThat(
                        kafka.read().usage.stream().flatMap(message -> TestKafka.readingsOf(message).stream()))
                .filteredOn(reading -> reading.sessionId().equals("epochs"))
                .last()
                .isEqualTo(new MeterReading("ada", "epochs", 2, 4_000)));
    }

    @Test
    void unreadableRecordGoesToTheDeadLettersAlone() {
        // Given
        int partition = Partitions.of("ada", TestServers.PARTITIONS);
        // When
        kafka.send(partition, Heartbeat.EVENT_TYPE, "{\"incarnation\":".getBytes(UTF_8));
        kafka.send(partition, Heartbeat.EVENT_TYPE, "{\"incarnation\":\"i\"}".getBytes(UTF_8));
        kafka.send(partition, Heartbeat.EVENT_TYPE, "[]".getBytes(UTF_8));
        kafka.send(partition, "io.drawdown.somebody.elses.v1", "{}".getBytes(UTF_8));
        kafka.heartbeat(new MeterReading("ada", "negative", 1, -5));
        kafka.heartbeat(new MeterReading("ada", "good", 1, 5_000));
        // Then
        await().until(() ->
                kafka.read().deadLetters.size() == 4 && kafka.totals().containsKey("good"));
        assertThat(kafka.totals()).doesNotContainKey("negative");
        assertThat(kafka.deadLetters).allSatisfy(letter -> assertThat(TestKafka.header(letter, "dl_reason"))
                .isNotEmpty());
        assertThat(kafka.deadLetters.stream().map(letter -> new String(letter.value(), UTF_8)))
                .contains("{\"incarnation\":", "{\"incarnation\":\"i\"}", "[]")
                .anySatisfy(letter -> assertThat(letter).contains("\"session_id\":\"negative\""));
    }

    @Test
    void twoWorkersShareThePartitionsAndOneTakesOverWhenTheOtherIsKilled() {
        // Given
        PeerWorker peer = new PeerWorker();
        await().until(() -> peer.owned().size() == TestServers.PARTITIONS / 2);
        List<MeterReading> readings = IntStream.range(0, 64)
                .mapToObj(i -> reading("shared-" + i, 1_000))
                .toList();
        kafka.heartbeat(readings.toArray(MeterReading[]::new));
        await().until(() -> peer.heard().size() + kafka.read().totals().size() == 64);
        assertThat(peer.heard())
                .isNotEmpty()
                .doesNotContainAnyElementsOf(kafka.totals().keySet());
        // When
        peer.kill();
        // Then
        await().until(() -> metric("drawdown_checkpoint_partitions") == TestServers.PARTITIONS);
        kafka.heartbeat(readings.stream()
                .map(reading -> new MeterReading(reading.accountId(), reading.sessionId(), 1, 6_000))
                .toArray(MeterReading[]::new));
        await().until(() -> kafka.read().totals().values().stream()
                        .filter(used -> used == 6_000)
                        .count()
                == 64);
    }

    @Test
    void metricsAndHealthAreServed() {
        // When
        String metrics = Management.get("/q/metrics").asString();
        // Then
        assertThat(metrics)
                .contains(
                        "drawdown_checkpoint_sessions",
                        "drawdown_checkpoint_readings_emitted_total",
                        "drawdown_checkpoint_lag_seconds",
                        "drawdown_checkpoint_elapsed_seconds",
                        "drawdown_checkpoint_cycles_late_total",
                        "drawdown_dead_letters_total");
        Map.of("/q/health/live", 200, "/q/health/ready", 200)
                .forEach((path, status) ->
                        assertThat(Management.get(path).statusCode()).isEqualTo(status));
    }

    /** An account and a session of its own. */
    private static MeterReading reading(String session, long usedMillis) {
        return new MeterReading("account-" + session, session, 1, usedMillis);
    }

    private static double metric(String name) {
        return Management.get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
