package io.drawdown.simulator.credits;

import io.drawdown.credits.ledger.LedgerRow;
import io.drawdown.credits.ledger.LedgerStore;
import io.drawdown.simulator.world.CallFault;
import io.drawdown.simulator.world.Counts;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.Database.Acknowledgement;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.Table;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ledger's rows as one process reaches them. */
final class SimulatedLedger implements LedgerStore {

    private final Link link;
    private final Database database;
    private final Table<LedgerRow> rows;
    private final Counts counts;

    SimulatedLedger(Link link, Database database, Table<LedgerRow> rows, Counts counts) {
        this.link = link;
        this.database = database;
        this.rows = rows;
        this.counts = counts;
    }

    @Override
    public Uni<List<String>> insertAll(List<LedgerRow> inserted) {
        Uni<List<String>> written = link.write((callFault, answer) -> {
            if (callFault == CallFault.ROLLED_BACK) {
                database.failOver();
            }
            List<LedgerRow> fresh = new ArrayList<>();
            List<String> there = new ArrayList<>();
            for (LedgerRow row : inserted) {
                LedgerRow present = rows.local(row.id());
                if (present == null) {
                    fresh.add(row);
                    counts.count("relay row written");
                } else {
                    there.add(row.id());
                    counts.count(present.equals(row) ? "relay duplicate equal row" : "relay other row in its place");
                }
            }
            Acknowledgement all = database.acknowledge(there, fresh.size(), answer);
            fresh.forEach(row -> rows.put(row.id(), row, all));
        });
        return written.onFailure().invoke(() -> counts.count("relay row failed"));
    }

    @Override
    public Uni<Optional<LedgerRow>> byKey(String accountId, String keyHash) {
        return link.read(() -> rows.under(accountId + ":").stream()
                .filter(row -> keyHash.equals(row.key()))
                .findFirst());
    }

    @Override
    public Uni<Optional<LedgerRow>> row(String accountId, long seq) {
        return link.read(() -> Optional.ofNullable(rows.committed(LedgerRow.idOf(accountId, seq))));
    }

    @Override
    public Uni<List<LedgerRow>> range(String accountId, long fromSeq, long toSeq) {
        return link.read(() -> {
            List<LedgerRow> found = new ArrayList<>();
            for (long seq = fromSeq; seq <= toSeq; seq++) {
                LedgerRow row = rows.committed(LedgerRow.idOf(accountId, seq));
                if (row != null) {
                    found.add(row);
                }
            }
            return found;
        });
    }

    @Override
    public Uni<List<LedgerRow>> bySession(String accountId, String sessionId, @Nullable Long beforeSeq, int limit) {
        return link.read(() -> rows.under(accountId + ":").stream()
                .filter(row -> sessionId.equals(row.session()))
                .filter(row -> beforeSeq == null || row.entry().seq() < beforeSeq)
                .sorted(Comparator.comparingLong((LedgerRow row) -> row.entry().seq())
                        .reversed())
                .limit(limit)
                .toList());
    }
}
