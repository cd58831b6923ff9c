package io.drawdown.credits.ledger;

import io.drawdown.credits.accounts.Account;
import io.drawdown.credits.accounts.Outgoing;
import io.drawdown.kit.outbox.Relay;

/** Gives what was committed to the relay. */
public record Draining(Relay<LedgerRow> relay) implements Outgoing {

    @Override
    public void committed(Account account) {
        relay.offer(account.id(), LedgerRow.outboxOf(account));
    }

    @Override
    public long drainedTo(String accountId) {
        return relay.drainedTo(accountId);
    }
}
