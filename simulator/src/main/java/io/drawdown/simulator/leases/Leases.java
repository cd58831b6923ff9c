package io.drawdown.simulator.leases;

import io.drawdown.kit.lease.Incarnation;
import io.drawdown.kit.lease.LeaseTerms;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.Table;
import java.util.Map;
import java.util.TreeMap;

/**
 * The leases of one service, as its database has them, and what is known of its processes.
 *
 * @param latestNames the current incarnation of each process, by the name of the process
 * @param seen when each process sent its last request that found its lease unbroken, by the name of the process
 */
public record Leases(
        Database database,
        LeaseTerms terms,
        Table<Incarnation> incarnations,
        Map<String, String> latestNames,
        Map<String, Long> seen) {

    public static Leases in(Database database, LeaseTerms terms) {
        return new Leases(database, terms, new Table<>(database), new TreeMap<>(), new TreeMap<>());
    }

    /** Whether it stalled for longer than its lease, and has not seen its lease unbroken since. */
    public boolean isUnseen(Process process) {
        long woke = process.wokeNanos(terms.length().toNanos());
        return woke >= 0 && seen.getOrDefault(process.name(), -1L) < woke;
    }

    /** Whether the latest incarnation of the process is fenced. */
    public boolean isFenced(Process process) {
        String name = latestNames.get(process.name());
        Incarnation incarnation = name == null ? null : incarnations.local(name);
        return incarnation != null && incarnation.fenced();
    }

    /** Whether that is the latest incarnation of the process. */
    public boolean isOf(Process process, String incarnation) {
        return incarnation.equals(latestNames.get(process.name()));
    }
}
