package io.drawdown.checkpoints;

import io.drawdown.checkpoints.config.CheckpointLimits;
import io.drawdown.checkpoints.metering.OwnedPartitions;
import io.drawdown.checkpoints.metering.PartitionSessions;
import io.drawdown.checkpoints.metering.ReadingDefects;
import io.drawdown.checkpoints.metering.ReportSlots;
import io.drawdown.checkpoints.metering.UsageReporter;
import io.drawdown.checkpoints.runs.Run;
import io.drawdown.checkpoints.runs.RunCounts;
import io.drawdown.contracts.Heartbeat;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.events.Partitions;
import io.drawdown.kit.events.Received;
import io.drawdown.kit.events.Rejection;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.kit.time.Polling;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the usage of the running sessions of the partitions that it owns: it hears from the owners of the sessions what
 * they have used, and reports each session once an interval.
 *
 * <p>It derives nothing. A reading is its owner's own cumulative total, so a reading may be lost, repeated, late, or
 * reported by two workers, and the charge is the same. So there is nothing to persist and nothing to hand over: after a
 * start or a rebalance one round of heartbeats rebuilds everything. Owning partitions only saves work.
 *
 * <p>Single-threaded: every method is called on the thread of the scheduler.
 */
public final class CheckpointCore {

    private static final Duration DRAIN_LOOK = Duration.ofMillis(20);

    private final CheckpointPorts ports;
    private final String worker;
    private final int partitions;
    private final CheckpointLimits limits;
    private final OwnedPartitions owned;
    private final UsageReporter reporter;
    private final PeriodicTask ticking;
    private final long tickNanos;
    private Instant runStartedAt = Instant.EPOCH;
    private long startNanos;
    private long nextTick;
    private boolean isStopped;

    /** @param partitions how many partitions every topic has */
    public CheckpointCore(CheckpointPorts ports, String worker, int partitions, CheckpointLimits limits) {
        this.ports = ports;
        this.partitions = partitions;
        this.worker = worker;
        this.limits = limits;
        this.owned = new OwnedPartitions(new ReportSlots(limits.slots()));
        this.reporter = new UsageReporter(owned, ports.topic(), ports.time(), ports.random(), ports.monitor(), limits);
        this.ticking = PeriodicTask.of(ports.scheduler(), limits.tick(), this::tick);
        this.tickNanos = limits.tick().toNanos();
    }

    public void start() {
        startNanos = ports.time().nanos();
        runStartedAt = ports.time().now();
        ticking.start();
    }

    /** This worker owns these partitions from now on. */
    public void assigned(Collection<Integer> partitions) {
        partitions.forEach(owned::add);
    }

    /** Another worker owns these partitions; it hears their sessions within one round of heartbeats. */
    public void revoked(Collection<Integer> partitions) {
        partitions.forEach(owned::remove);
    }

    /**
     * Notes the readings, and answers those that can never be applied. Nothing waits for the broker, so the batch may
     * be acknowledged at once. Fails with {@link Unavailable} once the worker stops.
     */
    public Uni<List<Rejection>> handle(List<Received<Heartbeat>> heartbeats) {
        if (isStopped) {
            return Uni.createFrom().failure(new Unavailable("this instance stops"));
        }
        List<Rejection> rejections = new ArrayList<>();
        int room = limits.sessions() - sessions();
        for (Received<Heartbeat> heartbeat : heartbeats) {
            for (MeterReading reading : heartbeat.data().readings()) {
                String defect = ReadingDefects.of(reading);
                if (defect == null) {
                    room -= hear(reading, heartbeat.trace(), room);
                } else {
                    rejections.add(new Rejection(reading.accountId(), reading, defect));
                }
            }
        }
        return Uni.createFrom().item(rejections);
    }

    /** How many sessions it keeps. */
    public int sessions() {
        return owned.sessions();
    }

    /**
     * Reports everything that was heard since its last report. Answers whether that was done within {@code atMost};
     * other workers hear the remaining sessions.
     */
    public Uni<Boolean> stop(Duration atMost) {
        isStopped = true;
        if (!ticking.isRunning()) {
            return Uni.createFrom().item(true);
        }
        ticking.stop();
        owned.all().forEach(sessions -> sessions.allComesDue(ports.time().nanos()));
        return new Polling(ports.time(), ports.scheduler(), DRAIN_LOOK)
                .until(this::drain, atMost)
                .call(this::closeRun)
                .invoke(isDrained -> owned.removeAll());
    }

    /** Sends what is due. Answers whether nothing is left. */
    private boolean drain() {
        reporter.send();
        return !reporter.isBusy();
    }

    /** Notes the reading if this worker owns its partition. Returns how many sessions that added. */
    private int hear(MeterReading reading, @Nullable TraceContext heartbeat, int room) {
        PartitionSessions sessions = owned.get(Partitions.of(reading.accountId(), partitions));
        if (sessions == null) {
            return 0;
        }
        int before = sessions.size();
        if (!sessions.hear(reading, heartbeat, room > 0)) {
            ports.monitor().overflowed();
        }
        return sessions.size() - before;
    }

    private void tick() {
        long passed = (ports.time().nanos() - startNanos) / tickNanos;
        boolean isRunOver = false;
        // Catches up on the slots that a late tick missed. After more than one interval every slot is visited once: a
        // reading
        // is a total, so one report stands for those that were missed.
        for (nextTick = Math.max(nextTick, passed - limits.slots()); nextTick < passed; nextTick++) {
            int slot = Math.toIntExact(nextTick % limits.slots());
            visit(slot, startNanos + (nextTick + 1) * tickNanos);
            isRunOver |= slot == limits.slots() - 1;
        }
        reporter.send();
        if (isRunOver) {
            closeRun().subscribe().with(closed -> {});
        }
    }

    private void visit(int slot, long dueNanos) {
        for (PartitionSessions sessions : owned.all()) {
            reporter.run().forgot(sessions.queueDueAndForgetSilent(slot, dueNanos, limits.silentRuns()));
        }
    }

    /** Ends the run and stores it. If that fails, it is counted and the run is dropped. */
    private Uni<Void> closeRun() {
        RunCounts.State end = new RunCounts.State(owned.count(), sessions(), owned.backlog());
        Run run = reporter.nextRun().close(new RunCounts.Worker(worker, limits.interval()), runStartedAt, end);
        runStartedAt = ports.time().now();
        Duration slowest = Duration.ofMillis(Math.max(run.lagMillis(), run.elapsedMillis()));
        ports.monitor().completed(run, slowest.compareTo(limits.warnAbove()) > 0);
        return ports.runs()
                .save(run)
                .onFailure()
                .invoke(ports.monitor()::runLost)
                .onFailure()
                .recoverWithNull();
    }
}
