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

    /** One guarded write that carried so many operations. */
    void committed(int operations);

    /** So many entries got their rows, and so many had one already: another process, or a former one, drained them too. */
    void recorded(int rows, int found);

    /** A guarded write that another one came before; alone or in a bulk. */
    void raceLost();

    /** The ledger holds another row where this account's entry belongs; the account was suspended. */
    void ledgerConflict(String accountId, long seq);
}
