package io.drawdown.credits.http.ledger;

import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.http.EntryView;
import io.drawdown.kit.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entries of an account, newest first.
 *
 * @param nextCursor for the next page; null on the last one
 */
record LedgerPage(List<EntryView> items, @Nullable String nextCursor) {

    /** @param found one more than {@code limit} if there is a next page */
    static LedgerPage of(List<Entry> found, int limit) {
        List<EntryView> items = found.stream().limit(limit).map(EntryView::of).toList();
        return new LedgerPage(
                items, found.size() > limit ? String.valueOf(items.getLast().seq()) : null);
    }

    /** The sequence number before which a page begins. */
    static @Nullable Long before(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        if (!cursor.matches("[1-9][0-9]{0,17}")) {
            throw new ProblemException(ProblemType.INVALID_CURSOR);
        }
        return Long.valueOf(cursor);
    }
}
