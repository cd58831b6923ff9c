package io.drawdown.simulator.sessions.stores;

import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.lease.Incarnation;
import io.drawdown.sessions.lease.Lease;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.Table;
import java.util.Map;
import java.util.TreeMap;

/**
 * The database of session-service.
 *
 * @param latestNames the current incarnation of each process, by the name of the process
 * @param leasesSeen when each process sent its last request that found its lease unbroken, by the name of the process
 */
public record SessionsStores(
        Database database,
        Table<SessionDocument> sessions,
        Table<Incarnation> incarnations,
        Map<String, String> latestNames,
        Map<String, Long> leasesSeen) {

    public static SessionsStores in(Database database) {
        return new SessionsStores(
                database, new Table<>(database), new Table<>(database), new TreeMap<>(), new TreeMap<>());
    }

    /** Whether it stalled for longer than its lease, and has not seen its lease unbroken since. */
    public boolean isLeaseUnseen(Process process) {
        long woke = process.wokeNanos(Lease.LENGTH.toNanos());
        return woke >= 0 && leasesSeen.getOrDefault(process.name(), -1L) < woke;
    }

    /** Whether the latest incarnation of the process is fenced. */
    public boolean isFenced(Process process) {
        String name = latestNames.get(process.name());
        Incarnation incarnation = name == null ? null : incarnations.local(name);
        return incarnation != null && incarnation.fenced();
    }
}
