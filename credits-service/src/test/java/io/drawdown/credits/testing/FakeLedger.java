package io.drawdown.credits.testing;

import io.drawdown.credits.ledger.LedgerRow;
import io.drawdown.credits.ledger.LedgerStore;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ledger rows in memory. */
public final class FakeLedger implements LedgerStore {

    public final Faults reads;
    public final Faults writes;
    public final Map<String, LedgerRow> rows = new HashMap<>();

    /** So many reads of a row do not see yet what was written. */
    public int unseenReads;

    public FakeLedger(ManualTime time) {
        reads = new Faults(time);
        writes = new Faults(time);
    }

    @Override
    public Uni<List<String>> insertAll(List<LedgerRow> inserted) {
        return writes.write(() -> inserts(inserted), () -> inserts(inserted));
    }

    private List<String> inserts(List<LedgerRow> inserted) {
        return inserted.stream()
                .filter(row -> rows.putIfAbsent(row.id(), row) != null)
                .map(LedgerRow::id)
                .toList();
    }

    @Override
    public Uni<Optional<LedgerRow>> byKey(String accountId, String keyHash) {
        return reads.read(
                () -> of(accountId).filter(row -> keyHash.equals(row.key())).findFirst());
    }

    @Override
    public Uni<Optional<LedgerRow>> row(String accountId, long seq) {
        return reads.read(() -> unseenReads > 0 && unseenReads-- > 0
                ? Optional.empty()
                : Optional.ofNullable(rows.get(LedgerRow.idOf(accountId, seq))));
    }

    @Override
    public Uni<List<LedgerRow>> range(String accountId, long fromSeq, long toSeq) {
        return reads.read(() -> LongStream.rangeClosed(fromSeq, toSeq)
                .mapToObj(seq -> LedgerRow.idOf(accountId, seq))
                .filter(rows::containsKey)
                .map(rows::get)
                .toList());
    }

    @Override
    public Uni<List<LedgerRow>> bySession(String accountId, String sessionId, @Nullable Long beforeSeq, int limit) {
        return reads.read(() -> of(accountId)
                .filter(row -> sessionId.equals(row.session()))
                .filter(row -> beforeSeq == null || row.entry().seq() < beforeSeq)
                .sorted(Comparator.comparingLong((LedgerRow row) -> row.entry().seq())
                        .reversed())
                .limit(limit)
                .toList());
    }

    private Stream<LedgerRow> of(String accountId) {
        return rows.values().stream().filter(row -> row.account().equals(accountId));
    }
}
