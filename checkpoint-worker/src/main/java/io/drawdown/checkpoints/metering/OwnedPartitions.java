package io.drawdown.checkpoints.metering;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The partitions that this worker owns, with their sessions. */
public final class OwnedPartitions {

    private final ReportSlots slotting;
    private final TreeMap<Integer, PartitionSessions> byPartition = new TreeMap<>();

    public OwnedPartitions(ReportSlots slotting) {
        this.slotting = slotting;
    }

    public void add(int partition) {
        byPartition.computeIfAbsent(partition, added -> new PartitionSessions(slotting));
    }

    public void remove(int partition) {
        byPartition.remove(partition);
    }

    public void removeAll() {
        byPartition.clear();
    }

    /** The sessions of the partition; null if this worker does not own it. */
    public @Nullable PartitionSessions get(int partition) {
        return byPartition.get(partition);
    }

    public Collection<PartitionSessions> all() {
        return Collections.unmodifiableCollection(byPartition.values());
    }

    public int count() {
        return byPartition.size();
    }

    /** How many sessions all partitions have. */
    public int sessions() {
        return byPartition.values().stream().mapToInt(PartitionSessions::size).sum();
    }

    /** How many sessions are due. */
    public int backlog() {
        return byPartition.values().stream()
                .mapToInt(PartitionSessions::backlog)
                .sum();
    }

    /** When the session that has been due longest came due. */
    OptionalLong oldestDueNanos() {
        return byPartition.values().stream()
                .map(PartitionSessions::oldestDueNanos)
                .flatMapToLong(OptionalLong::stream)
                .min();
    }

    /** The first partition with due sessions, in a circle that begins after the given one. */
    Map.@Nullable Entry<Integer, PartitionSessions> nextWithBacklog(int partition) {
        Map.Entry<Integer, PartitionSessions> after = firstWithBacklog(byPartition.tailMap(partition, false));
        return after != null ? after : firstWithBacklog(byPartition.headMap(partition, true));
    }

    private static Map.@Nullable Entry<Integer, PartitionSessions> firstWithBacklog(
            Map<Integer, PartitionSessions> partitions) {
        for (Map.Entry<Integer, PartitionSessions> entry : partitions.entrySet()) {
            if (entry.getValue().backlog() > 0) {
                return entry;
            }
        }
        return null;
    }
}
