package io.drawdown.credits.commit;

import io.drawdown.credits.account.Account;

/** Who takes the entries of committed documents on to the ledger and to the other services. */
public interface AccountOutbox {

    /** The account, as it was read, without the entries that are known to be in the ledger and published. */
    Account undrained(Account read);

    /**
     * The document as it was just written; its outbox is to be drained.
     *
     * @param readSeq the last entry that was there before this write
     * @return whether this process drains it; otherwise another one does, and changes the outbox without our knowing
     */
    boolean committed(Account account, long readSeq);
}
