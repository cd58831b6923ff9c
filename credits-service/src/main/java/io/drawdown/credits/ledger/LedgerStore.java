package io.drawdown.credits.ledger;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where ledger rows are. Answers and failures as {@link io.drawdown.credits.store.AccountStore} says. */
public interface LedgerStore {

    /**
     * Inserts the rows that are not stored yet, unordered. Answers with the ids of the rows that were stored before; they
     * stay as they are.
     */
    Uni<List<String>> insertAll(List<LedgerRow> rows);

    /** The row that a key caused; a read that decides. */
    Uni<Optional<LedgerRow>> byKey(String accountId, String keyHash);

    /** The row with this seq; a read that decides. */
    Uni<Optional<LedgerRow>> row(String accountId, long seq);

    /** The rows with {@code fromSeq} ≤ seq ≤ {@code toSeq}, in order of seq; callers ask for at most 500. */
    Uni<List<LedgerRow>> range(String accountId, long fromSeq, long toSeq);

    /** The newest {@code limit} rows of a session with seq below {@code beforeSeq} (absent: all), newest first. */
    Uni<List<LedgerRow>> bySession(String accountId, String sessionId, @Nullable Long beforeSeq, int limit);
}
