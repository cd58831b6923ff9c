package io.drawdown.checkpoints.metering;

import io.drawdown.checkpoints.config.CheckpointLimits;
import io.drawdown.checkpoints.runs.Cycle;
import io.drawdown.checkpoints.runs.RunMonitor;
import io.drawdown.contracts.UsageReport;
import io.drawdown.kit.time.Time;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

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
    private final TreeMap<Integer, Readings> partitions = new TreeMap<>();
    private CircuitBreaker circuit = CircuitBreaker.closed();
    private Cycle cycle = new Cycle();
    private int inFlight;
    private int lastServed = -1;

    public UsageReporter(
            UsageTopic topic, Time time, RandomGenerator random, RunMonitor monitor, CheckpointLimits limits) {
        this.topic = topic;
        this.time = time;
        this.random = random;
        this.monitor = monitor;
        this.limits = limits;
    }

    public Map<Integer, Readings> partitions() {
        return partitions;
    }

    public Cycle cycle() {
        return cycle;
    }

    /** Begins a new cycle, and returns the one that ends now. */
    public Cycle nextCycle() {
        Cycle ended = cycle;
        long nanos = time.nanos();
        oldestDueNanos().ifPresent(due -> ended.waiting(nanos - due));
        ended.busy(false, nanos);
        cycle = new Cycle();
        cycle.busy(isBusy(), nanos);
        return ended;
    }

    /** Sends as many records as the limits and the circuit breaker allow now. */
    public void send() {
        int left = limits.recordsPerTick();
        Map.Entry<Integer, Readings> next = nextWithBacklog();
        while (next != null && left > 0 && inFlight < limits.recordsInFlight() && circuit.allows(time.nanos())) {
            send(next.getKey(), next.getValue());
            left--;
            next = nextWithBacklog();
        }
        cycle.busy(isBusy(), time.nanos());
    }

    public boolean isBusy() {
        return inFlight > 0 || partitions.values().stream().anyMatch(readings -> readings.backlog() > 0);
    }

    public int backlog() {
        return partitions.values().stream().mapToInt(Readings::backlog).sum();
    }

    private void send(int partition, Readings readings) {
        Readings.Batch batch = readings.fold(limits.readingsPerRecord());
        lastServed = partition;
        inFlight++;
        circuit = circuit.sending();
        topic.publish(partition, new UsageReport(batch.readings()))
                .subscribe()
                .with(done -> published(batch), fault -> failed(partition, readings, batch, fault));
    }

    private void published(Readings.Batch batch) {
        inFlight--;
        circuit = circuit.succeeded();
        cycle.published(batch.readings().size(), time.nanos() - batch.dueNanos());
        monitor.emitted(batch.readings().size());
        settled();
    }

    private void failed(int partition, Readings readings, Readings.Batch batch, Throwable fault) {
        inFlight--;
        circuit = circuit.failed(time.nanos(), random);
        cycle.failed();
        monitor.failed(fault);
        if (partitions.get(partition) == readings) {
            readings.putBack(batch);
        }
        settled();
    }

    private void settled() {
        cycle.busy(isBusy(), time.nanos());
    }

    /** The next partition with due sessions, after the one served last. */
    private Map.@Nullable Entry<Integer, Readings> nextWithBacklog() {
        Map.Entry<Integer, Readings> after = firstWithBacklog(partitions.tailMap(lastServed, false));
        return after != null ? after : firstWithBacklog(partitions.headMap(lastServed, true));
    }

    private static Map.@Nullable Entry<Integer, Readings> firstWithBacklog(Map<Integer, Readings> partitions) {
        for (Map.Entry<Integer, Readings> entry : partitions.entrySet()) {
            if (entry.getValue().backlog() > 0) {
                return entry;
            }
        }
        return null;
    }

    private OptionalLong oldestDueNanos() {
        return partitions.values().stream()
                .map(Readings::oldestDueNanos)
                .flatMapToLong(OptionalLong::stream)
                .min();
    }
}
