package io.drawdown.credits.accounts;

/** Who takes the entries of committed documents on to the ledger and to the other services. */
public interface Outgoing {

    /**
     * The document as it was just written; its outbox is to be drained.
     *
     * @param readSeq the last entry that was there before this write
     * @return whether this process drains it; otherwise another one does, and changes the outbox without our knowing
     */
    boolean committed(Account account, long readSeq);

    /** The last entry of the account, as it was read, that is known to be in the ledger and published; 0 if nothing is known. */
    long drainedTo(Account read);
}
