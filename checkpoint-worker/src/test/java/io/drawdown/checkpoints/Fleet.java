package io.drawdown.checkpoints;

import io.drawdown.checkpoints.config.CheckpointLimits;
import io.drawdown.checkpoints.metering.UsagePublisher;
import io.drawdown.checkpoints.runs.Run;
import io.drawdown.contracts.Heartbeat;
import io.drawdown.contracts.MeterReading;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.events.Partitions;
import io.drawdown.kit.events.Received;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Many sessions on one worker with all partitions: their heartbeats as JSON every 5 s, its usage records as JSON, on a
 * virtual clock, so that what is measured is work, not waiting.
 */
final class Fleet {

    private static final int PARTITIONS = 64;
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private final ManualTime time = new ManualTime();
    private final List<Run> runs = new ArrayList<>();
    private final Map<Integer, List<MeterReading>> sessions = new TreeMap<>();
    private final CheckpointCore core;
    private long bytes;

    Fleet(int size) {
        EventPublisher broker = (topic, event) ->
                time.answer(Duration.ofMillis(5), () -> sent(event)).replaceWithVoid();
        TestWorker monitor = TestWorker.started();
        CheckpointPorts ports = new CheckpointPorts(
                new UsagePublisher(broker, time, "worker-1"), this::save, monitor, time, time, new SplittableRandom(1));
        core = new CheckpointCore(ports, "worker-1", PARTITIONS, CheckpointLimits.of(INTERVAL));
        core.assigned(IntStream.range(0, PARTITIONS).boxed().toList());
        core.start();
        for (int i = 0; i < size; i++) {
            String account = "account-" + i;
            sessions.computeIfAbsent(Partitions.of(account, PARTITIONS), partition -> new ArrayList<>())
                    .add(new MeterReading(account, String.format("ses_%026d", i), 1, 0));
        }
    }

    /** One interval; answers the processor time that the worker took in it. */
    Duration run() {
        Duration spent = Duration.ZERO;
        for (int beat = 0; beat < INTERVAL.dividedBy(HEARTBEAT); beat++) {
            List<byte[]> records = heartbeats();
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            List<Heartbeat> heard = records.stream()
                    .map(data -> Json.read(data, Heartbeat.class))
                    .toList();
            core.handle(Received.untraced(heard)).subscribe().with(rejections -> {});
            time.advance(HEARTBEAT);
            long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
            spent = spent.plusNanos(nanos);
        }
        return spent;
    }

    Run latest() {
        return runs.getLast();
    }

    long bytesPublished() {
        return bytes;
    }

    private List<byte[]> heartbeats() {
        long usedMillis = time.nanos() / 1_000_000;
        List<byte[]> records = new ArrayList<>();
        for (List<MeterReading> partition : sessions.values()) {
            for (int from = 0; from < partition.size(); from += Heartbeat.MAX_READINGS) {
                List<MeterReading> part =
                        partition.subList(from, Math.min(partition.size(), from + Heartbeat.MAX_READINGS));
                records.add(Json.bytes(new Heartbeat(
                        "inc-1",
                        usedMillis,
                        part.stream()
                                .map(reading -> new MeterReading(
                                        reading.accountId(), reading.sessionId(), reading.epoch(), usedMillis))
                                .toList())));
            }
        }
        return records;
    }

    private boolean sent(CloudEvent event) {
        bytes += event.data().length;
        return true;
    }

    private Uni<Void> save(Run run) {
        runs.add(run);
        return Uni.createFrom().voidItem();
    }
}
