package io.drawdown.credits.accounts;

/** Who takes the entries of committed documents on to the ledger and to the other services. */
public interface Outgoing {

    /** The document as it was just written; its outbox is to be drained. */
    void committed(Account account);

    /** The last entry of the account that is known to be in the ledger and published; 0 if nothing is known. */
    long drainedTo(String accountId);
}
