package io.drawdown.checkpoints.metering;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The partitions that this worker owns, with their readings. */
public final class OwnedPartitions {

    private final ReportSlots slotting;
    private final TreeMap<Integer, Readings> readings = new TreeMap<>();

    public OwnedPartitions(ReportSlots slotting) {
        this.slotting = slotting;
    }

    public void add(int partition) {
        readings.computeIfAbsent(partition, added -> new Readings(slotting));
    }

    public void remove(int partition) {
        readings.remove(partition);
    }

    public void removeAll() {
        readings.clear();
    }

    /** The readings of the partition; null if this worker does not own it. */
    public @Nullable Readings get(int partition) {
        return readings.get(partition);
    }

    public Collection<Readings> all() {
        return Collections.unmodifiableCollection(readings.values());
    }

    public int count() {
        return readings.size();
    }

    /** How many sessions all partitions have. */
    public int sessions() {
        return readings.values().stream().mapToInt(Readings::size).sum();
    }

    /** How many sessions are due. */
    public int backlog() {
        return readings.values().stream().mapToInt(Readings::backlog).sum();
    }

    /** When the session that has been due longest came due. */
    OptionalLong oldestDueNanos() {
        return readings.values().stream()
                .map(Readings::oldestDueNanos)
                .flatMapToLong(OptionalLong::stream)
                .min();
    }

    /** The first partition with due sessions, in a circle that begins after the given one. */
    Map.@Nullable Entry<Integer, Readings> nextWithBacklog(int partition) {
        Map.Entry<Integer, Readings> after = firstWithBacklog(readings.tailMap(partition, false));
        return after != null ? after : firstWithBacklog(readings.headMap(partition, true));
    }

    private static Map.@Nullable Entry<Integer, Readings> firstWithBacklog(Map<Integer, Readings> partitions) {
        for (Map.Entry<Integer, Readings> entry : partitions.entrySet()) {
            if (entry.getValue().backlog() > 0) {
                return entry;
            }
        }
        return null;
    }
}
