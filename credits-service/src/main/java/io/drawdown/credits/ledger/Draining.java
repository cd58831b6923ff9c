package io.drawdown.credits.ledger;

import io.drawdown.credits.accounts.Account;
import io.drawdown.credits.accounts.Outgoing;
import io.drawdown.credits.accounts.Vitals;
import io.drawdown.kit.outbox.Relay;

/** Gives what was committed to the relay. */
public record Draining(Relay<LedgerRow> relay, Vitals vitals) implements Outgoing {

    @Override
    public void committed(Account account) {
        relay.offer(account.id(), LedgerRow.outboxOf(account));
        vitals.relayBacklog(relay.backlog());
    }

    @Override
    public long drainedTo(String accountId) {
        return relay.drainedTo(accountId);
    }
}
