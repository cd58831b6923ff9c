package io.drawdown.checkpoints.metering;

import io.drawdown.checkpoints.config.CheckpointLimits;
import io.drawdown.checkpoints.runs.RunCounts;
import io.drawdown.checkpoints.runs.RunMonitor;
import io.drawdown.contracts.UsageReport;
import io.drawdown.kit.time.Time;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Sends the due readings, folded per partition, in bounded batches: partitions take turns, a tick sends a bounded
 * number of records, and a bounded number waits for the broker. A failed batch goes back to the front of its queue.
 */
public final class UsageReporter {

    private final UsageTopic topic;
    private final Time time;
    private final RandomGenerator random;
    private final RunMonitor monitor;
    private final CheckpointLimits limits;
    private final OwnedPartitions partitions;
    private CircuitBreaker circuit = CircuitBreaker.closed();
    private RunCounts run = new RunCounts();
    private int inFlight;
    private int lastServed = -1;

    public UsageReporter(
            OwnedPartitions partitions,
            UsageTopic topic,
            Time time,
            RandomGenerator random,
            RunMonitor monitor,
            CheckpointLimits limits) {
        this.partitions = partitions;
        this.topic = topic;
        this.time = time;
        this.random = random;
        this.monitor = monitor;
        this.limits = limits;
    }

    public RunCounts run() {
        return run;
    }

    /** Begins a new run, and returns the one that ends now. */
    public RunCounts nextRun() {
        RunCounts ended = run;
        long nanos = time.nanos();
        partitions.oldestDueNanos().ifPresent(due -> ended.waiting(nanos - due));
        ended.busy(false, nanos);
        run = new RunCounts();
        run.busy(isBusy(), nanos);
        return ended;
    }

    /** Sends as many records as the limits and the circuit breaker allow now. */
    public void send() {
        int left = limits.recordsPerTick();
        Map.Entry<Integer, PartitionSessions> next = partitions.nextWithBacklog(lastServed);
        while (next != null && left > 0 && inFlight < limits.recordsInFlight() && circuit.allows(time.nanos())) {
            send(next.getKey(), next.getValue());
            left--;
            next = partitions.nextWithBacklog(lastServed);
        }
        noteBusy();
    }

    public boolean isBusy() {
        return inFlight > 0 || partitions.backlog() > 0;
    }

    private void send(int partition, PartitionSessions sessions) {
        PartitionSessions.Batch batch = sessions.fold(limits.readingsPerRecord());
        lastServed = partition;
        inFlight++;
        circuit = circuit.sending();
        topic.publish(partition, new UsageReport(batch.readings()), batch.traces())
                .subscribe()
                .with(done -> published(batch), fault -> failed(partition, sessions, batch, fault));
    }

    private void published(PartitionSessions.Batch batch) {
        inFlight--;
        circuit = circuit.succeeded();
        run.published(batch.readings().size(), time.nanos() - batch.dueNanos());
        monitor.emitted(batch.readings().size());
        noteBusy();
    }

    private void failed(int partition, PartitionSessions sessions, PartitionSessions.Batch batch, Throwable fault) {
        inFlight--;
        circuit = circuit.failed(time.nanos(), random);
        run.failed();
        monitor.failed(fault);
        if (partitions.get(partition) == sessions) {
            sessions.putBack(batch);
        }
        noteBusy();
    }

    private void noteBusy() {
        run.busy(isBusy(), time.nanos());
    }
}
