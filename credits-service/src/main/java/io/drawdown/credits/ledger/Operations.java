package io.drawdown.credits.ledger;

import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.store.AccountStore;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;

/**
 * Looks up what became of an idempotency key: in the account's outbox, read first, then in the ledger, which has every
 * key that left it. Reads that decide, so what was acknowledged before the question is found.
 */
public final class Operations {

    private final AccountStore accounts;
    private final LedgerStore ledger;
    private final Time time;

    public Operations(AccountStore accounts, LedgerStore ledger, Time time) {
        this.accounts = accounts;
        this.ledger = ledger;
        this.time = time;
    }

    /** Empty without such an account. */
    public Uni<Optional<Operation>> find(String accountId, String keyHash) {
        Instant readAt = time.now();
        return accounts.readLatest(accountId)
                .flatMap(found -> found.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : entry(found.get(), keyHash)
                                .map(entry -> entry.map(Operation::of).orElseGet(() -> new Operation.Open(readAt)))
                                .map(Optional::of));
    }

    private Uni<Optional<Entry>> entry(Account account, String keyHash) {
        Optional<Entry> waiting = account.outbox().causedBy(keyHash);
        return waiting.isPresent() || !account.outbox().hasDrained()
                ? Uni.createFrom().item(waiting)
                : ledger.byKey(account.id(), keyHash).map(row -> row.map(LedgerRow::entry));
    }
}
