package io.drawdown.credits.metrics;

/** What the core counts, for metrics and alarms. Called on the core's thread; must not throw. */
public interface CoreMetrics {

    /** A total above what was funded; must stay 0. */
    void usageBeyondFunded();

    /** A total of an epoch that this service never gave out. */
    void futureEpoch();

    /**
     * Something was refused for want of credits.
     *
     * @param isHeld whether what live sessions hold would have covered it
     */
    void insufficient(boolean isHeld);

    /** A guarded write succeeded; it carried this many commands. */
    void committed(int operations);

    /**
     * Entries were written to the ledger.
     *
     * @param rows entries that are in the ledger now
     * @param found entries of these that had a row before: another instance, or a former one, drained them too
     */
    void recorded(int rows, int found);

    /** A guarded write failed because another write came first. */
    void raceLost();

    /** The ledger holds another row where this account's entry belongs; the account was suspended. */
    void ledgerConflict(String accountId, long seq);
}
