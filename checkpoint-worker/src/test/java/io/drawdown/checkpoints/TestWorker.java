package io.drawdown.checkpoints;

import io.drawdown.checkpoints.config.CheckpointLimits;
import io.drawdown.checkpoints.runs.Run;
import io.drawdown.checkpoints.runs.RunMonitor;
import io.drawdown.checkpoints.runs.RunStore;
import io.drawdown.contracts.Heartbeat;
import io.drawdown.contracts.MeterReading;
import io.drawdown.kit.events.Partitions;
import io.drawdown.kit.events.Received;
import io.drawdown.kit.events.Rejection;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A worker on a virtual clock, and the owners whose heartbeats it hears. */
final class TestWorker implements RunStore, RunMonitor {

    static final Duration INTERVAL = Duration.ofSeconds(30);
    static final int PARTITIONS = 4;

    /** An account of each partition. */
    private static final List<String> ACCOUNTS = IntStream.range(0, PARTITIONS)
            .mapToObj(partition -> Stream.iterate(0, i -> i + 1)
                    .map(i -> "account-" + i)
                    .filter(account -> Partitions.of(account, PARTITIONS) == partition)
                    .findFirst()
                    .orElseThrow())
            .toList();

    final ManualTime time;
    final FakeUsageTopic topic;
    final CheckpointCore core;
    final List<Rejection> rejections = new ArrayList<>();
    final List<Run> runs = new ArrayList<>();
    final List<Run> lateRuns = new ArrayList<>();
    int overflowed;
    int runsLost;
    boolean storeAway;

    TestWorker(ManualTime time, FakeUsageTopic topic, CheckpointLimits limits) {
        this.time = time;
        this.topic = topic;
        this.core = new CheckpointCore(
                new CheckpointPorts(topic, this, this, time, time, new Random(7)), "worker-1", PARTITIONS, limits);
        core.start();
    }

    static TestWorker started() {
        ManualTime time = new ManualTime();
        return new TestWorker(time, new FakeUsageTopic(time), CheckpointLimits.of(INTERVAL));
    }

    TestWorker owning(int... partitions) {
        core.assigned(IntStream.of(partitions).boxed().toList());
        return this;
    }

    /** The readings come from an account of that partition. */
    void hear(int partition, MeterReading... readings) {
        List<MeterReading> inPlace = Stream.of(readings)
                .map(reading -> new MeterReading(
                        ACCOUNTS.get(partition), reading.sessionId(), reading.epoch(), reading.usedMillis()))
                .toList();
        core.handle(Received.untraced(List.of(new Heartbeat("inc-1", 1, inPlace))))
                .subscribe()
                .with(rejections::addAll);
    }

    static MeterReading reading(String session, long usedMillis) {
        return reading(session, 1, usedMillis);
    }

    /** Of the account of partition 0; {@link #hear} puts it where it belongs. */
    static MeterReading reading(String session, long epoch, long usedMillis) {
        return new MeterReading(ACCOUNTS.getFirst(), session, epoch, usedMillis);
    }

    /** Every 5 s all sessions ses-0 … say what they have used; the sessions are dealt out to the partitions in turn. */
    void live(Duration duration, int sessions, int partitions) {
        for (long at = 0; at < duration.toSeconds(); at += 5) {
            long usedMillis = time.nanos() / 1_000_000;
            for (int partition = 0; partition < partitions; partition++) {
                int of = partition;
                hear(
                        partition,
                        IntStream.range(0, sessions)
                                .filter(session -> session % partitions == of)
                                .mapToObj(session -> reading("ses-" + session, usedMillis))
                                .toArray(MeterReading[]::new));
            }
            time.advance(Duration.ofSeconds(5));
        }
    }

    @Override
    public Uni<Void> save(Run run) {
        return time.answer(() -> {
                    if (storeAway) {
                        throw new IllegalStateException("the database is away");
                    }
                    return runs.add(run);
                })
                .replaceWithVoid();
    }

    @Override
    public void emitted(int readings) {}

    @Override
    public void failed(Throwable fault) {}

    @Override
    public void overflowed() {
        overflowed++;
    }

    @Override
    public void completed(Run run, boolean late) {
        if (late) {
            lateRuns.add(run);
        }
    }

    @Override
    public void runLost(Throwable fault) {
        runsLost++;
    }
}
