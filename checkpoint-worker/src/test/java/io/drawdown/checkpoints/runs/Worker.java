package io.drawdown.checkpoints.runs;

import io.drawdown.contracts.Heartbeat;
import io.drawdown.contracts.MeterReading;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A worker on a virtual clock, and the owners whose heartbeats it hears. */
final class Worker implements RunStore, RunMonitor {

    static final Duration INTERVAL = Duration.ofSeconds(30);

    final ManualTime time;
    final FakeUsageTopic topic;
    final CheckpointCore core;
    final List<Run> runs = new ArrayList<>();
    final List<Run> lateRuns = new ArrayList<>();
    int overflowed;
    int summariesLost;
    boolean storeAway;

    Worker(ManualTime time, FakeUsageTopic topic, CheckpointLimits limits) {
        this.time = time;
        this.topic = topic;
        this.core = new CheckpointCore(
                new CheckpointCore.Ports(topic, this, this, time, time, new Random(7)), "worker-1", limits);
        core.start();
    }

    static Worker started() {
        ManualTime time = new ManualTime();
        return new Worker(time, new FakeUsageTopic(time), CheckpointLimits.of(INTERVAL));
    }

    Worker owning(int... partitions) {
        core.assigned(IntStream.of(partitions).boxed().toList());
        return this;
    }

    void hear(int partition, MeterReading... readings) {
        core.handle(List.of(new CheckpointCore.Heard(partition, new Heartbeat("inc-1", List.of(readings)))))
                .subscribe()
                .with(done -> {});
    }

    static MeterReading reading(String session, long usedMillis) {
        return reading(session, 1, usedMillis);
    }

    static MeterReading reading(String session, long epoch, long usedMillis) {
        return new MeterReading("account-of-" + session, session, epoch, usedMillis);
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
    public void summaryLost(Throwable fault) {
        summariesLost++;
    }
}
