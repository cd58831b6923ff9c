package io.drawdown.credits.ledger;

import io.drawdown.credits.account.Entry;
import io.drawdown.credits.store.EntryHistory;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** The entries that are in the ledger. */
public record RowHistory(LedgerStore store) implements EntryHistory {

    @Override
    public Uni<Optional<Entry>> byKey(String accountId, String keyHash) {
        return store.byKey(accountId, keyHash).map(row -> row.map(LedgerRow::entry));
    }

    @Override
    public Uni<Optional<Entry>> bySeq(String accountId, long seq) {
        return store.row(accountId, seq).map(row -> row.map(LedgerRow::entry));
    }
}
