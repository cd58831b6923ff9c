package io.drawdown.credits.ledger;

import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.store.AccountStore;
import io.smallrye.mutiny.Uni;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as its readers see it: rows ∪ outbox, as of one state of the document, which is read first. An empty answer
 * means that there is no such account.
 */
public final class LedgerPages {

    private final AccountStore accounts;
    private final LedgerStore ledger;

    public LedgerPages(AccountStore accounts, LedgerStore ledger) {
        this.accounts = accounts;
        this.ledger = ledger;
    }

    /**
     * What is asked for.
     *
     * @param limit entries at most, positive
     * @param beforeSeq only older ones than this; absent: from the newest on
     * @param session only those of this session
     */
    public record Query(
            int limit, @Nullable Long beforeSeq, @Nullable String session) {}

    /** Entries, newest first. */
    public Uni<Optional<List<Entry>>> page(String accountId, Query query) {
        return accounts.readLatest(accountId)
                .flatMap(found -> found.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : page(found.get(), query).map(Optional::of));
    }

    private Uni<List<Entry>> page(Account account, Query query) {
        long newest = query.beforeSeq() == null ? account.seq() : Math.min(account.seq(), query.beforeSeq() - 1);
        if (newest < 1) {
            return Uni.createFrom().item(List.of());
        }
        Stream<Entry> waiting = account.outbox().entries().stream()
                .filter(entry -> entry.seq() <= newest && isOf(entry, query.session()));
        Uni<List<LedgerRow>> rows = query.session() == null
                ? ledger.range(account.id(), Math.max(1, newest - query.limit() + 1), newest)
                : ledger.bySession(account.id(), query.session(), newest + 1, query.limit());
        return rows.map(found -> union(found, waiting).values().stream()
                .sorted(Comparator.comparingLong(Entry::seq).reversed())
                .limit(query.limit())
                .toList());
    }

    /** One entry. */
    public Uni<Optional<Entry>> entry(String accountId, long seq) {
        return accounts.readLatest(accountId)
                .flatMap(
                        found -> found.isEmpty() || seq < 1 || seq > found.get().seq()
                                ? Uni.createFrom().item(Optional.empty())
                                : entry(found.get(), seq));
    }

    private Uni<Optional<Entry>> entry(Account account, long seq) {
        Optional<Entry> waiting = account.outbox().entries().stream()
                .filter(entry -> entry.seq() == seq)
                .findFirst();
        return waiting.isPresent()
                ? Uni.createFrom().item(waiting)
                : ledger.row(account.id(), seq).map(row -> row.map(LedgerRow::entry));
    }

    private static Map<Long, Entry> union(List<LedgerRow> rows, Stream<Entry> waiting) {
        Map<Long, Entry> bySeq = new TreeMap<>();
        waiting.forEach(entry -> bySeq.put(entry.seq(), entry));
        rows.forEach(row -> bySeq.put(row.entry().seq(), row.entry()));
        return bySeq;
    }

    private static boolean isOf(Entry entry, @Nullable String session) {
        return session == null || (entry.hold() != null && entry.hold().id().equals(session));
    }
}
