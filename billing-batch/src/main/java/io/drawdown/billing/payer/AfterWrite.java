package io.drawdown.billing.payer;

import io.drawdown.billing.charge.engine.Payments.AccountRefused;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;

/** What a fault of Stripe or of the store means once something is written: it no longer says that nothing happened. */
final class AfterWrite {

    private AfterWrite() {}

    /** Whether the fault says that its call did nothing. */
    static boolean isNothingDone(Throwable fault) {
        return fault instanceof Unavailable || fault instanceof AccountRefused;
    }

    /** The fault of a request that has written something before: it may be repeated. */
    static Throwable unknown(Throwable fault) {
        return fault instanceof AccountRefused
                ? new OutcomeUnknown("done in part: " + fault.getMessage())
                : OutcomeUnknown.afterWrite(fault);
    }
}
