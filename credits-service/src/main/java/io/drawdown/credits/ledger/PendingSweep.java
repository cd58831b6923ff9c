package io.drawdown.credits.ledger;

import io.drawdown.credits.account.Account;
import io.drawdown.credits.store.AccountStore;
import io.drawdown.kit.outbox.Relay;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/** Finds what a crash, or a relay without room, left in an outbox. */
public final class PendingSweep {

    private static final int MOST = 1_000;

    private final AccountStore store;
    private final Relay<LedgerRow> relay;
    private final Time time;

    public PendingSweep(AccountStore store, Relay<LedgerRow> relay, Time time) {
        this.store = store;
        this.relay = relay;
        this.time = time;
    }

    public Uni<Void> round() {
        return store.pendingAccounts(MOST).invoke(this::offer).replaceWithVoid();
    }

    private void offer(List<Account> accounts) {
        Instant now = time.now();
        for (Account account : accounts) {
            if (!Draining.isBeingDrained(account, now)) {
                relay.offer(account.id(), LedgerRow.outboxOf(account));
            }
        }
    }
}
