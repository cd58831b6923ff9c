package io.drawdown.credits.checks;

import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.ledger.LedgerRow;
import io.drawdown.credits.ledger.LedgerStore;
import io.drawdown.credits.rules.Replay;
import io.drawdown.kit.time.Timeout;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

/** Replays the ledger ∪ outbox of one account against its document, which was read before any row. */
final class AccountCheck {

    private static final int PAGE = 500;

    private final LedgerStore ledger;
    private final Timeout timeout;

    AccountCheck(LedgerStore ledger, Timeout timeout) {
        this.ledger = ledger;
        this.timeout = timeout;
    }

    /** What came out for one account. */
    record Result(long entries, Sums sums, List<Finding> findings) {}

    Uni<Result> check(Account account) {
        Replay replay = new Replay();
        return replayed(account, replay, 1).map(ignored -> result(account, replay));
    }

    private Uni<Void> replayed(Account account, Replay replay, long from) {
        if (from > account.seq()) {
            return Uni.createFrom().voidItem();
        }
        long to = Math.min(account.seq(), from + PAGE - 1);
        return timeout.limit(ledger.range(account.id(), from, to)).flatMap(rows -> {
            union(account, rows, from, to).forEach(replay::apply);
            return replayed(account, replay, to + 1);
        });
    }

    /**
     * An entry that is both in the ledger and in the outbox must be the same in both. If it differs, both forms are
     * replayed, and the second does not follow.
     */
    private static List<Entry> union(Account account, List<LedgerRow> rows, long from, long to) {
        Map<Long, Entry> written =
                rows.stream().map(LedgerRow::entry).collect(toMap(Entry::seq, identity(), (one, other) -> one));
        Map<Long, Entry> waiting = account.outbox().entries().stream()
                .filter(entry -> entry.seq() >= from && entry.seq() <= to)
                .collect(toMap(Entry::seq, identity()));
        List<Entry> entries = new ArrayList<>();
        for (long seq = from; seq <= to; seq++) {
            Entry row = written.get(seq);
            Entry item = waiting.get(seq);
            if (row != null) {
                entries.add(row);
            }
            if (item != null && !item.equals(row)) {
                entries.add(item);
            }
        }
        return entries;
    }

    private static Result result(Account account, Replay replay) {
        replay.compare(account);
        List<Finding> findings = replay.problems().stream()
                .map(problem -> new Finding(account.id(), problem))
                .toList();
        Sums sums = new Sums(
                replay.turnover().issuedMicros(),
                account.balancesAt(account.accountTime()).posted().micros(),
                replay.turnover().spentMicros(),
                replay.turnover().expiredMicros());
        return new Result(account.seq(), sums, findings);
    }
}
